package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.postgresql.history.HistoryTable;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import io.mhras.migrations.postgresql.sql.SqlScript;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import io.mhras.migrations.text.SettingNames;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A history that its row cannot be written to, since the script itself has dropped, moved or renamed it. */
record LostHistory(HistoryTable table, MigrationScript script, SqlLexer.Strings strings) {

    /** No such table, no such schema. */
    private static final Set<String> STATES = Set.of("42P01", "3F000");

    /** Whether that is why a statement failed. */
    static boolean isReasonFor(StatementFailed e) {
        return e.part().statement() == null
                && STATES.contains(String.valueOf(e.error().getSQLState()));
    }

    /** The same error, at the statement that led to it, as far as the script's text shows it. */
    StatementFailed at(StatementFailed e) {
        StatementFailed likely = e;
        try (Reader reader = script.open()) {
            SqlScript statements = new SqlScript(reader, strings);
            int number = 0;
            for (SqlStatement next = statements.next(); next != null; next = statements.next()) {
                if (next.kind() == SqlStatement.Kind.META_COMMAND) {
                    continue;
                }
                number++;
                List<String> names = names(next);
                if (takesAway(next, names)) {
                    return e.ledTo(next, number);
                }
                if (likely.part().statement() == null && mayTakeAway(next, names)) {
                    likely = e.ledTo(next, number);
                }
            }
            return likely;
        } catch (IOException failure) {
            throw InvalidMigration.unreadable(script.location(), failure);
        }
    }

    /** What has happened, in a sentence. */
    String explain(StatementFailed at) {
        return (at.part().statement() == null ? "A statement of this file" : "This statement")
                + " takes away the history " + table.qualifiedName()
                + ", in which the migration is to be recorded.";
    }

    /** What to do about it. */
    static String remedy() {
        return "Let the script leave the history where it is, and drop one by one what else is in its schema; or keep the history"
                + " in a schema of its own, which no script drops (setting "
                + SettingNames.quoted("postgresql.schema")
                + "; it comes first in the search_path of scripts, too), and move the one that is there with ALTER TABLE ..."
                + " SET SCHEMA.";
    }

    private static List<String> names(SqlStatement statement) {
        List<String> names = new ArrayList<>();
        SqlLexer tokens = statement.tokens();
        while (tokens.nextSignificant() != SqlLexer.Kind.END) {
            names.add(SqlQuote.nameOf(tokens.text()));
        }
        return names;
    }

    private boolean takesAway(SqlStatement statement, List<String> names) {
        boolean moves = names.contains("rename") || (names.contains("set") && names.contains("schema"));
        return statement.startsWith("drop", "schema") && names.contains(table.schema())
                || statement.startsWith("alter", "schema")
                        && names.indexOf(table.schema()) == 2
                        && names.contains("rename")
                || statement.startsWith("drop", "table") && isNamed(names)
                || statement.startsWith("alter", "table") && isNamed(names) && moves;
    }

    private boolean isNamed(List<String> names) {
        int at = names.indexOf(table.name());
        boolean isQualified = at > 1 && names.get(at - 1).equals(".");
        return at > 0 && (!isQualified || names.get(at - 2).equals(table.schema()));
    }

    /** In the body of a block, or by names that the server puts together. */
    private static boolean mayTakeAway(SqlStatement statement, List<String> names) {
        if (statement.startsWith("drop") || statement.startsWith("alter") || statement.startsWith("create")) {
            return statement.startsWith("drop", "owned");
        }
        String text = statement.text().toLowerCase(Locale.ROOT);
        return names.contains("call")
                || text.contains("drop schema")
                || text.contains("drop table")
                || text.contains("rename")
                || text.contains("set schema");
    }
}
