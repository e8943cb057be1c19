package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import java.util.List;

/**
 * Where a statement stands.
 *
 * @param number which one of the script's statements it is
 */
record ScriptPlace(MigrationScript script, SqlStatement statement, int number) {

    SourceLocation location() {
        SqlPosition position = statement.commandPosition();
        return new SourceLocation(script.location(), position.line(), position.column());
    }

    /** Sends a statement of ours, the errors of which are reported where the script's own stands. */
    void send(PostgresSession session, String sql) {
        SqlStatement ours = new SqlStatement(
                SqlStatement.Kind.SQL,
                sql,
                statement.commandPosition(),
                List.of(),
                true,
                statement.strings(),
                null,
                null);
        session.send(new QueryMessage().add(ours, number), QuerySender.IGNORE_ROWS);
    }

    /** The statement's tokens behind these words, which it may have or not. */
    SqlLexer behind(List<String> words) {
        SqlLexer tokens = statement.tokens();
        tokens.nextSignificant();
        while (words.stream().anyMatch(tokens::isWord)) {
            tokens.nextSignificant();
        }
        return tokens;
    }

    /** Reads a name, with its schema if that is given, and goes on behind it. */
    static String name(SqlLexer tokens) {
        StringBuilder name = new StringBuilder(tokens.text());
        tokens.nextSignificant();
        while (tokens.isPunctuation('.')) {
            tokens.nextSignificant();
            name.append('.').append(tokens.text());
            tokens.nextSignificant();
        }
        return name.toString();
    }
}
