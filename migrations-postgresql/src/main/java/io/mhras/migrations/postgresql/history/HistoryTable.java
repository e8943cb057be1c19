package io.mhras.migrations.postgresql.history;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.HistoryEntry.Recorded;
import io.mhras.migrations.MigrationHistory.KeptScripts;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.MigrationStep.Origin;
import io.mhras.migrations.postgresql.sql.SqlQuote;
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
 * @param schemaInSql how SQL names the schema; null if it does not
 */
public record HistoryTable(
        @Nullable String schema, String name, @Nullable String schemaInSql) {

    /** How long the current transaction has been running. */
    public static final String SINCE_BEGIN =
            "round(extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000)";

    /** What marks a migration as applied, as a list of SQL. */
    public static final String APPLICATIONS = "('APPLIED', 'STAMPED', 'BASELINED', 'ADOPTED')";

    /** The columns that the first releases' tables lack: texts that may be null. */
    static final List<String> LATER_COLUMNS = List.of("kind", "revision", "release", "commit", "structure");

    /** The result column that says when, in microseconds since 1970: a script may have changed how times are written. */
    static final String APPLIED_AT_MICROS = "mhras_applied_at_us";

    /**
     * What only the session that later runs a script knows of an event, as SQL.
     *
     * @param milliseconds how long it took
     * @param fingerprint stands for all that is applied after it
     * @param host the machine that it ran on
     */
    public record Later(String milliseconds, String fingerprint, String host) {}

    public HistoryTable(@Nullable String schema, String name) {
        this(schema, name, schema == null ? null : SqlQuote.identifier(schema));
    }

    /** One whose schema psql puts in from its variable. */
    public static HistoryTable inVariable(String variable, String name) {
        return new HistoryTable(null, name, ":\"" + variable + '"');
    }

    /** The same in a schema that is known now. */
    public HistoryTable in(@Nullable String knownSchema) {
        return new HistoryTable(knownSchema, name);
    }

    /** Its quoted name. */
    public String qualifiedName() {
        return schemaInSql == null ? SqlQuote.identifier(name) : schemaInSql + '.' + SqlQuote.identifier(name);
    }

    /**
     * What to select from.
     *
     * <p>Without a schema of our own PostgreSQL looks through the whole search_path; a table of that name further down
     * belongs to someone else. This is checked once and not per row, or the newest row would be searched for among all.
     */
    String from() {
        String own = SqlQuote.literal(SqlQuote.identifier(name));
        return qualifiedName()
                + (schema == null
                        ? " WHERE " + own + "::regclass = to_regclass(quote_ident(current_schema()) || '.' || " + own
                                + ")"
                        : " WHERE true");
    }

    /** The schema's quoted name. */
    String quotedSchema() {
        return schemaInSql == null ? "<schema>" : schemaInSql;
    }

    /**
     * What was found where the history is to be.
     *
     * @param isOlder whether the table lacks columns that are written
     * @param elsewhere a schema further down the search_path that has a table of this name; null if there is none
     */
    private record Found(
            boolean schema,
            boolean table,
            boolean isOlder,
            @Nullable String elsewhere) {}

    /** What to run so that it is there, with every column; empty if it is. */
    public List<String> missing(JdbcTemplate jdbc, boolean schemaWasNamed) {
        // The schema, too: CREATE SCHEMA IF NOT EXISTS needs the right to create it even where it exists.
        String sql = """
                SELECT to_regnamespace(?) IS NOT NULL AS has_schema,
                       to_regclass(?) IS NOT NULL     AS has_table,
                       %s AS is_older,
                       (SELECT path FROM unnest(current_schemas(false)) AS path
                        WHERE path <> ? AND to_regclass(quote_ident(path) || '.' || ?) IS NOT NULL
                        LIMIT 1)                      AS elsewhere""".formatted(isOlder("?"));
        Found found = jdbc.query(
                        sql,
                        (row, number) -> new Found(
                                row.getBoolean("has_schema"),
                                row.getBoolean("has_table"),
                                row.getBoolean("is_older"),
                                row.getString("elsewhere")),
                        quotedSchema(),
                        qualifiedName(),
                        qualifiedName(),
                        schema,
                        SqlQuote.identifier(name))
                .get(0);
        if (!found.table() && !schemaWasNamed && found.elsewhere() != null) {
            throw HistoryErrors.ofNamesake(schema, found.elsewhere());
        }
        List<String> statements = new ArrayList<>();
        if (!found.schema()) {
            statements.add("CREATE SCHEMA " + quotedSchema());
        }
        if (!found.table()) {
            statements.addAll(creation());
        }
        if (found.isOlder()) {
            statements.addAll(upgrade());
        }
        return statements;
    }

    /**
     * Whether it is a table of an older release, as SQL. A table that is not ours is none.
     *
     * @param name its quoted name, as SQL
     */
    public static String isOlder(String name) {
        return LATER_COLUMNS.stream()
                .map(SqlQuote::literal)
                .collect(joining(
                        ", ",
                        "(SELECT coalesce(bool_or(attname = 'fingerprint') AND count(*) FILTER (WHERE attname IN (",
                        ")) < " + LATER_COLUMNS.size() + ", false) FROM pg_attribute WHERE attrelid = to_regclass("
                                + name + ") AND NOT attisdropped)"));
    }

    /** Asks why no row of it is seen, or not all: row-level security hides them, or they are in another schema. */
    String unseen() {
        String table = schema == null
                ? "quote_ident(current_schema()) || '.' || " + SqlQuote.literal(SqlQuote.identifier(name))
                : SqlQuote.literal(qualifiedName());
        String elsewhere = schema == null
                ? "(SELECT path FROM unnest(current_schemas(false)) AS path WHERE found IS NULL AND path <> current_schema()"
                        + " AND to_regclass(quote_ident(path) || '.' || "
                        + SqlQuote.literal(SqlQuote.identifier(name)) + ") IS NOT NULL LIMIT 1)"
                : "NULL";
        return """
                SELECT current_user AS user, current_schema() AS schema, %s AS elsewhere,
                       found IS NOT NULL AND row_security_active(found)
                       AND NOT coalesce((SELECT bool_or(polpermissive AND pg_get_expr(polqual, polrelid) = 'true')
                                                AND bool_and(polpermissive)
                                         FROM pg_policy
                                         WHERE polrelid = found AND polcmd IN ('r', '*')
                                           AND (polroles = '{0}' OR EXISTS (SELECT FROM unnest(polroles) AS role
                                                                            WHERE pg_has_role(role, 'USAGE')))), false) AS hides_rows
                FROM (SELECT to_regclass(%s)::oid AS found) AS history""".formatted(elsewhere, table);
    }

    /**
     * Adds the columns that a table of an older release lacks. It waits for those who read the table, and everyone else for
     * it: so not for long.
     */
    public List<String> upgrade() {
        return List.of("SET LOCAL lock_timeout = '5s'", addColumns());
    }

    /** What upgrades it, whoever runs that. */
    String addColumns() {
        return LATER_COLUMNS.stream()
                .map(column -> "ADD COLUMN IF NOT EXISTS " + column + " text")
                .collect(joining(", ", "ALTER TABLE " + qualifiedName() + " ", ""));
    }

    /** Makes the table. */
    public List<String> creation() {
        String create = "CREATE TABLE " + qualifiedName() + " " + """
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
                    fingerprint  text        NOT NULL,
                """
                + LATER_COLUMNS.stream()
                        .map(column -> "    %-12s text".formatted(column))
                        .collect(joining(",\n", "", "\n)"));
        String comment = "COMMENT ON TABLE " + qualifiedName()
                + " IS 'What was migrated, one row an event, append-only. Kept by MHRAS Migrations.'";
        return List.of(create, comment);
    }

    /**
     * Adds the step's event; the server fills in who and when.
     *
     * @param elapsed how long it took; null for the time since the transaction began
     */
    public String insert(MigrationStep step, @Nullable Duration elapsed, String application, String host) {
        String milliseconds = elapsed == null ? SINCE_BEGIN : Long.toString(elapsed.toMillis());
        return insert(
                step,
                new Later(milliseconds, SqlQuote.literal(step.fingerprint()), SqlQuote.literal(host)),
                application);
    }

    /** Adds the step's event in a script that is run later. */
    public String insert(MigrationStep step, Later later, String application) {
        return insert(step, step.event(), KeptScripts.of(step), null, null, later, application);
    }

    /**
     * Adds that so many statements of the step's script are done. No fingerprint: it must not be taken for a finished
     * state.
     *
     * @param running the script, in the first row of a run; null in the others
     */
    String insertProgress(
            MigrationStep step, @Nullable MigrationScript running, int statements, String application, String host) {
        return insertProgressBy(step, running, statements, application, SqlQuote.literal(host));
    }

    /** The same in a script that is run later, on a machine that SQL names. */
    public String insertProgressBy(
            MigrationStep step, @Nullable MigrationScript running, int statements, String application, String host) {
        return insert(
                step,
                Event.STARTED,
                new KeptScripts(KeptScripts.text(running), null),
                statements,
                null,
                new Later("0", "''", host),
                application);
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
                new KeptScripts(null, null),
                statements,
                error,
                new Later(
                        Long.toString(elapsed.toMillis()),
                        statements == null ? unchanged : "''",
                        SqlQuote.literal(host)),
                application);
    }

    private String insert(
            MigrationStep step,
            Event event,
            KeptScripts kept,
            @Nullable Integer statements,
            @Nullable String error,
            Later later,
            String application) {
        Recorded recorded = Recorded.of(step);
        Origin origin = step.origin() == null ? Origin.UNKNOWN : step.origin();
        return "INSERT INTO " + qualifiedName() + " AS history "
                + """
                (event, version, description, script, checksum, up_script, down_script, statement,
                 execution_ms, error, application, host, fingerprint, kind, revision, applied_by, applied_at%s)
                VALUES (""".formatted(step.structure() == null ? "" : ", structure")
                + String.join(
                        ", ",
                        SqlQuote.literal(event.name()),
                        SqlQuote.literal(recorded.version().toString()),
                        SqlQuote.literal(recorded.description()),
                        SqlQuote.literal(recorded.script()),
                        SqlQuote.literal(recorded.checksum()),
                        SqlQuote.literal(kept.up()),
                        SqlQuote.literal(kept.down()),
                        statements == null ? "NULL" : statements.toString(),
                        origin.duration() == null
                                ? later.milliseconds()
                                : Long.toString(origin.duration().toMillis()),
                        SqlQuote.literal(error),
                        SqlQuote.literal(application),
                        later.host(),
                        later.fingerprint(),
                        SqlQuote.literal(recorded.kind().name()),
                        SqlQuote.literal(recorded.revision()),
                        origin.appliedBy() == null ? "DEFAULT" : SqlQuote.literal(origin.appliedBy()),
                        origin.appliedAt() == null
                                ? "DEFAULT"
                                : SqlQuote.literal(origin.appliedAt().toString()))
                + (step.structure() == null ? "" : ", " + SqlQuote.literal(step.structure()))
                + ") RETURNING id, execution_ms, applied_by, (extract(epoch FROM applied_at) * 1000000)::bigint AS "
                + APPLIED_AT_MICROS;
    }
}
