package io.mhras.migrations.postgresql.offline;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.postgresql.sql.CopyData;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlPosition;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.sql.SqlTemplate;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes a verify script's statements down for psql, each query in a block that fails where a boolean of its rows is false.
 *
 * <p>JSON tells a boolean from a text that says {@code false}.
 */
record OfflineVerification(PsqlWriter out, MigrationScript script) implements QuerySender {

    private static final Set<String> QUERIES = Set.of("SELECT", "VALUES", "TABLE", "SHOW", "FETCH", "EXECUTE");

    @Override
    public void send(QueryMessage message, RowConsumer rows) {
        for (QueryMessage.Part part : message.parts()) {
            SqlStatement statement = part.statement();
            if (statement != null && returnsRows(statement)) {
                writeQuery(statement);
            } else if (statement != null) {
                out.statement(statement);
            }
        }
    }

    @Override
    public long copy(SqlStatement statement, CopyData data, int number) throws IOException {
        return out.copy(statement, data, number);
    }

    private void writeQuery(SqlStatement statement) {
        SqlPosition place = statement.commandPosition();
        Map<String, String> values = Map.of(
                "query", SqlQuote.dollarQuoted("query", "\n" + statement.text() + "\n"),
                "problem",
                        SqlQuote.literal("the check "
                                + (statement.check() == null ? "" : "'" + statement.check() + "' of ") + script.name()
                                + " does not hold: column "),
                "place", SqlQuote.literal("at " + script.location() + ":" + place.line() + ":" + place.column()));
        out.lines(SqlTemplate.of(OfflineVerification.class, "check").block(values));
    }

    private static boolean returnsRows(SqlStatement statement) {
        List<String> words = outside(statement);
        String verb = statement.verb();
        if (QUERIES.contains(verb)) {
            return !words.contains("INTO");
        }
        return words.isEmpty() || words.contains("RETURNING");
    }

    /** Its words outside of parentheses. */
    private static List<String> outside(SqlStatement statement) {
        List<String> words = new ArrayList<>();
        SqlLexer tokens = statement.tokens();
        int parentheses = 0;
        while (tokens.nextSignificant() != SqlLexer.Kind.END) {
            if (tokens.isPunctuation('(')) {
                parentheses++;
            } else if (tokens.isPunctuation(')')) {
                parentheses--;
            } else if (parentheses == 0 && tokens.kind() == SqlLexer.Kind.WORD) {
                words.add(tokens.text().toUpperCase(Locale.ROOT));
            }
        }
        return words;
    }
}
