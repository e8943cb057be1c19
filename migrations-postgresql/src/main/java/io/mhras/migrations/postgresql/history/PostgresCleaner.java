package io.mhras.migrations.postgresql.history;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationHistory;
import io.mhras.migrations.MigrationHistory.KeptScripts;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import io.mhras.migrations.postgresql.sql.SqlScript;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds what a clean drops: everything in the history's schema and in those that the migrations created, except what
 * belongs to an extension.
 */
public final class PostgresCleaner {

    // In this order: with CASCADE the first ones take most of the others along.
    private static final String OBJECTS = """
            WITH namespaces AS (SELECT oid, nspname FROM pg_namespace WHERE nspname = ANY (?)),
                 objects (rank, kind, classid, objid, nspname, name, arguments) AS (
                     SELECT 1,
                            CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                                         WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
                            'pg_class'::regclass, c.oid, nspname, relname, ''
                     FROM pg_class c JOIN namespaces n ON n.oid = relnamespace
                     WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
                        OR relkind = 'S'
                           AND NOT EXISTS (SELECT FROM pg_depend
                                           WHERE classid = 'pg_class'::regclass AND objid = c.oid
                                             AND deptype IN ('a', 'i') AND refobjsubid > 0)
                     UNION ALL
                     SELECT 2, CASE prokind WHEN 'a' THEN 'AGGREGATE' ELSE 'ROUTINE' END, 'pg_proc'::regclass, p.oid, nspname, proname,
                            '(' || pg_get_function_identity_arguments(p.oid) || ')'
                     FROM pg_proc p JOIN namespaces n ON n.oid = pronamespace
                     UNION ALL
                     SELECT 3, 'TYPE', 'pg_type'::regclass, t.oid, nspname, typname, ''
                     FROM pg_type t JOIN namespaces n ON n.oid = typnamespace
                     WHERE typtype IN ('e', 'd', 'r') OR typtype = 'b' AND typcategory <> 'A'
                        OR typtype = 'c' AND (SELECT relkind FROM pg_class c WHERE c.oid = typrelid) = 'c'
                     UNION ALL
                     SELECT 4, 'COLLATION', 'pg_collation'::regclass, c.oid, nspname, collname, ''
                     FROM pg_collation c JOIN namespaces n ON n.oid = collnamespace
                     UNION ALL
                     SELECT 4, 'TEXT SEARCH CONFIGURATION', 'pg_ts_config'::regclass, c.oid, nspname, cfgname, ''
                     FROM pg_ts_config c JOIN namespaces n ON n.oid = cfgnamespace
                     UNION ALL
                     SELECT 5, 'TEXT SEARCH DICTIONARY', 'pg_ts_dict'::regclass, d.oid, nspname, dictname, ''
                     FROM pg_ts_dict d JOIN namespaces n ON n.oid = dictnamespace)
            SELECT kind, format('%I.%I%s', nspname, name, arguments) AS name
            FROM objects o
            WHERE NOT EXISTS (SELECT FROM pg_depend d
                              WHERE d.classid = o.classid AND d.objid = o.objid AND d.deptype = 'e')
            ORDER BY rank, kind, name""";

    private final JdbcTemplate jdbc;
    private final String historySchema;

    public PostgresCleaner(JdbcTemplate jdbc, String historySchema) {
        this.jdbc = jdbc;
        this.historySchema = historySchema;
    }

    /** A kind and a name, such as {@code TABLE} and {@code public.patients}. */
    public record Found(String kind, String name) {

        public String drop() {
            return "DROP " + kind + " IF EXISTS " + name + (kind.equals("SCHEMA") ? "" : " CASCADE");
        }

        @Override
        public String toString() {
            return kind.toLowerCase(Locale.ROOT) + " " + name;
        }
    }

    /**
     * What there is to drop, in the order in which to drop it.
     *
     * @param history what the applied migrations ran: it shows which schemas they created
     */
    public List<Found> find(MigrationHistory history) {
        List<MigrationVersion> applied =
                history.entries().stream().map(HistoryEntry::version).distinct().toList();
        Set<String> created = new LinkedHashSet<>();
        for (KeptScripts kept : history.scripts(applied).values()) {
            String script = kept.up();
            if (script != null) {
                created.addAll(createdSchemas(script));
            }
        }
        created.remove(historySchema);
        List<String> schemas = new ArrayList<>(created);
        schemas.add(historySchema);
        List<Found> found = new ArrayList<>(objectsIn(schemas));
        created.forEach(schema -> found.add(new Found("SCHEMA", SqlQuote.identifier(schema))));
        return found;
    }

    /** Whether the schema has nothing in it but the history. */
    public boolean findsNothingBut(HistoryTable history) {
        return objectsIn(List.of(historySchema)).stream()
                .allMatch(found -> unquoted(found.name()).equals(unquoted(history.qualifiedName())));
    }

    /** The server quotes a name only where it has to. */
    private static String unquoted(String name) {
        return name.replace("\"", "");
    }

    /** Drops all of it, or nothing. */
    public static void drop(List<Found> found, QuerySender sender) {
        QueryMessage message = new QueryMessage().own("BEGIN");
        for (Found object : found) {
            message.own(object.drop());
            if (message.isFull()) {
                sender.send(message, QuerySender.IGNORE_ROWS);
                message = new QueryMessage();
            }
        }
        sender.send(message.own("COMMIT"), QuerySender.IGNORE_ROWS);
    }

    private List<Found> objectsIn(List<String> schemas) {
        Object names = schemas.toArray(String[]::new);
        return jdbc.query(OBJECTS, (row, number) -> new Found(row.getString("kind"), row.getString("name")), names);
    }

    private static List<String> createdSchemas(String script) {
        List<String> names = new ArrayList<>();
        try {
            SqlScript statements = new SqlScript(new StringReader(script));
            for (SqlStatement next = statements.next(); next != null; next = statements.next()) {
                String name = next.startsWith("create", "schema") ? schemaName(next) : null;
                if (name != null) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /**
     * {@code CREATE SCHEMA name}. Not {@code IF NOT EXISTS}: what may have been there before may belong to someone else.
     * And not one that is only named after its owner.
     */
    private static @Nullable String schemaName(SqlStatement statement) {
        SqlLexer tokens = statement.tokens();
        tokens.nextSignificant();
        tokens.nextSignificant();
        tokens.nextSignificant();
        return tokens.isWord("if") || tokens.isWord("authorization") ? null : SqlQuote.nameOf(tokens.text());
    }
}
