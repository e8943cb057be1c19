package io.mhras.migrations.postgresql;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Where the history table is, and the SQL that makes and fills it.
 *
 * @param schema its schema; null for the first one in the connection's search_path
 * @param name its name
 */
record HistoryTable(@Nullable String schema, String name) {

    // A longer script is not kept; a rollback of it then wants its file.
    private static final int MAX_KEPT_CHARACTERS = 1_000_000;

    /** The result column that says when, in microseconds since 1970: a script may have changed how times are written. */
    static final String APPLIED_AT_MICROS = "mhras_applied_at_us";

    /** The same in a schema that is known now. */
    HistoryTable in(@Nullable String knownSchema) {
        return new HistoryTable(knownSchema, name);
    }

    /** Its quoted name. */
    String qualifiedName() {
        return schema == null
                ? SqlQuote.identifier(name)
                : SqlQuote.identifier(schema) + '.' + SqlQuote.identifier(name);
    }

    /**
     * What to select from.
     *
     * <p>Without a schema of our own PostgreSQL looks through the whole search_path; a namesake further down it belongs to
     * somebody else.
     */
    String from() {
        String own = SqlQuote.literal(SqlQuote.identifier(name));
        return qualifiedName()
                + (schema == null
                        ? " WHERE tableoid = to_regclass(quote_ident(current_schema()) || '.' || " + own + ")"
                        : " WHERE true");
    }

    /** The schema's quoted name. */
    String quotedSchema() {
        return schema == null ? "<schema>" : SqlQuote.identifier(schema);
    }

    /** What to run so that it is there; empty if it is. */
    List<String> missing(JdbcTemplate jdbc, boolean schemaWasNamed) {
        // Asked for first: CREATE SCHEMA IF NOT EXISTS wants the right to create it even where it exists.
        boolean hasSchema = exists(jdbc, "SELECT to_regnamespace(?) IS NOT NULL", quotedSchema());
        boolean hasTable = hasSchema && exists(jdbc, "SELECT to_regclass(?) IS NOT NULL", qualifiedName());
        if (!hasTable && !schemaWasNamed) {
            refuseNamesakeElsewhere(jdbc);
        }
        List<String> statements = new ArrayList<>();
        if (!hasSchema) {
            statements.add("CREATE SCHEMA " + quotedSchema());
        }
        if (!hasTable) {
            statements.add(create());
            statements.add("COMMENT ON TABLE " + qualifiedName()
                    + " IS 'What was migrated, one row an event, append-only. Kept by MHRAS Migrations.'");
        }
        return statements;
    }

    /**
     * A script that makes the schema {@code "$user"} changes what comes first in the search_path: then everything would run
     * again, into the new schema. So where another history is in sight, somebody has to say which one is meant.
     */
    private void refuseNamesakeElsewhere(JdbcTemplate jdbc) {
        List<String> elsewhere = jdbc.queryForList("""
                SELECT path FROM unnest(current_schemas(false)) AS path
                WHERE path <> ? AND to_regclass(quote_ident(path) || '.' || ?) IS NOT NULL""", String.class, schema, SqlQuote.identifier(name));
        if (!elsewhere.isEmpty()) {
            throw new HistoryUnusable(
                    "The schema '" + schema + "' comes first in the connection's search_path and has no history; but '"
                            + elsewhere.get(0) + "' has one.",
                    "Say which one is meant: set 'mhras.migrations.postgresql.schema' to '" + elsewhere.get(0)
                            + "' to go on there, or to '" + schema + "' to begin a history of its own.",
                    null);
        }
    }

    private static boolean exists(JdbcTemplate jdbc, String sql, String name) {
        return Boolean.TRUE.equals(jdbc.queryForObject(sql, Boolean.class, name));
    }

    private String create() {
        return "CREATE TABLE " + qualifiedName() + " " + """
                (
                    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    event        text        NOT NULL,
                    version      text        NOT NULL,
                    description  text        NOT NULL,
                    script       text        NOT NULL,
                    checksum     text        NOT NULL,
                    up_script    text,
                    down_script  text,
                    statement    integer,
                    execution_ms bigint      NOT NULL,
                    error        text,
                    applied_by   text        NOT NULL DEFAULT current_user,
                    application  text        NOT NULL,
                    host         text        NOT NULL,
                    applied_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
                    fingerprint  text        NOT NULL
                )""";
    }

    /**
     * Adds the step's event; the server fills in who and when.
     *
     * @param elapsed how long it took; null for the time since the transaction began
     */
    String insert(MigrationStep step, @Nullable Duration elapsed, String application, String host) {
        boolean keepsScripts = step.event() != Event.ROLLED_BACK && step.event() != Event.UNSTAMPED;
        return insert(
                step,
                step.event(),
                keepsScripts ? step.migration().up() : null,
                keepsScripts ? step.migration().down() : null,
                null,
                elapsed == null
                        ? "round(extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000)"
                        : Long.toString(elapsed.toMillis()),
                null,
                SqlQuote.literal(step.fingerprint()),
                application,
                host);
    }

    /**
     * Adds that so many statements of the step's script are done. No fingerprint: nobody may take that for a finished state.
     *
     * @param running the script, in the first row of a run; null in the others
     */
    String insertProgress(
            MigrationStep step, @Nullable MigrationScript running, int statements, String application, String host) {
        return insert(step, Event.STARTED, running, null, statements, "0", null, "''", application, host);
    }

    /**
     * Adds that the step failed; what was applied before it still is.
     *
     * @param statements how many statements of its script stay done; null if none
     */
    String insertFailure(
            MigrationStep step,
            @Nullable Integer statements,
            Duration elapsed,
            String error,
            String application,
            String host) {
        String unchanged = "coalesce((SELECT fingerprint FROM " + qualifiedName() + " ORDER BY id DESC LIMIT 1), '')";
        return insert(
                step,
                Event.FAILED,
                null,
                null,
                statements,
                Long.toString(elapsed.toMillis()),
                error,
                statements == null ? unchanged : "''",
                application,
                host);
    }

    private String insert(
            MigrationStep step,
            Event event,
            @Nullable MigrationScript up,
            @Nullable MigrationScript down,
            @Nullable Integer statements,
            String milliseconds,
            @Nullable String error,
            String fingerprint,
            String application,
            String host) {
        return "INSERT INTO " + qualifiedName() + " AS history "
                + """
                (event, version, description, script, checksum, up_script, down_script, statement,
                 execution_ms, error, application, host, fingerprint)
                VALUES ("""
                + String.join(
                        ", ",
                        SqlQuote.literal(event.name()),
                        SqlQuote.literal(step.version().toString()),
                        SqlQuote.literal(step.migration().description()),
                        SqlQuote.literal(step.scriptName()),
                        SqlQuote.literal(step.migration().checksum()),
                        SqlQuote.literal(up == null ? null : kept(up)),
                        SqlQuote.literal(down == null ? null : kept(down)),
                        statements == null ? "NULL" : statements.toString(),
                        milliseconds,
                        SqlQuote.literal(error),
                        SqlQuote.literal(application),
                        SqlQuote.literal(host),
                        fingerprint)
                + ") RETURNING id, execution_ms, applied_by, (extract(epoch FROM applied_at) * 1000000)::bigint AS "
                + APPLIED_AT_MICROS;
    }

    private static @Nullable String kept(MigrationScript script) {
        char[] buffer = new char[8192];
        StringBuilder text = new StringBuilder();
        try (Reader reader = script.open()) {
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                text.append(buffer, 0, read);
                if (text.length() > MAX_KEPT_CHARACTERS) {
                    return null;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
