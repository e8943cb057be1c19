package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.ServerSession;
import java.util.List;

/**
 * Where a statement stands.
 *
 * @param number which one of the script's statements it is
 */
public record ScriptPlace(MigrationScript script, SqlStatement statement, int number) {

    public SourceLocation location() {
        return statement.commandPosition().in(script);
    }

    /** Sends a statement of ours, the errors of which are reported where the script's own stands. */
    void send(ServerSession session, String sql) {
        session.send(new QueryMessage().add(statement.replacedBy(sql), number));
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
