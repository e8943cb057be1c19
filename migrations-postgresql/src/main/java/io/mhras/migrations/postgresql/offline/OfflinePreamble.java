package io.mhras.migrations.postgresql.offline;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.OfflinePlan;
import io.mhras.migrations.postgresql.history.HistoryTable;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import io.mhras.migrations.postgresql.sql.SqlTemplate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an offline script begins: it inspects the session, takes the migration lock, and continues only if the database
 * stands where the script begins.
 */
record OfflinePreamble(OfflinePlan plan, @Nullable String schema, String table) {

    /** psql's variable that holds the schema of the history. */
    static final String SCHEMA = "mhras_schema";

    /** The search_path with that schema in front, as SQL. */
    static final String SEARCH_PATH = ":mhras_search_path";

    /** Which machine psql runs on, as SQL. */
    static final String HOST = ":'mhras_host'";

    /** What comes before the first step. */
    String text() {
        HistoryTable history = HistoryTable.inVariable(SCHEMA, table);
        String quotedName = SqlQuote.literal(SqlQuote.identifier(table));
        List<MigrationStep> steps = plan.plan().steps();
        return SqlTemplate.of(OfflinePreamble.class, "begin")
                .with(Map.ofEntries(
                        Map.entry("schema", schema == null ? "current_schema()" : SqlQuote.literal(schema)),
                        Map.entry("named", Boolean.toString(schema != null)),
                        Map.entry("table", quotedName),
                        Map.entry("decides", OfflineHistory.DECIDES.replace("'", "''")),
                        Map.entry("counts", OfflineHistory.COUNTS.replace("'", "''")),
                        Map.entry(
                                "older",
                                HistoryTable.isOlder("quote_ident(:'" + SCHEMA + "') || '.' || " + quotedName)),
                        Map.entry("fingerprint", plan.fingerprint()),
                        Map.entry(
                                "end",
                                steps.isEmpty()
                                        ? plan.fingerprint()
                                        : steps.get(steps.size() - 1).fingerprint()),
                        Map.entry("from", SqlQuote.literal(plan.from())),
                        Map.entry("create", lines(history.creation())),
                        Map.entry("upgrade", lines(history.upgrade())),
                        Map.entry("whose", new OtherTables(plan.refusedBeside()).whose())));
    }

    private static String lines(List<String> statements) {
        return statements.stream().map(statement -> statement + ";").collect(joining("\n"));
    }

    /** Undoes what a script did to the session's user, role and settings. */
    static void restore(PsqlWriter out) {
        out.lines("SET SESSION AUTHORIZATION DEFAULT;", "RESET ALL;", "SET client_encoding = 'UTF8';")
                .query(
                        "SELECT count(set_config(key, value, false)) AS settings_set FROM json_each_text(:'mhras_settings')");
        restoreUser(out);
    }

    /** Undoes what a script did to the session's user and role. */
    static void restoreUser(PsqlWriter out) {
        out.lines("SET SESSION AUTHORIZATION :\"mhras_user\";")
                .query("SELECT set_config('role', :'mhras_role', false) AS was_role");
    }
}
