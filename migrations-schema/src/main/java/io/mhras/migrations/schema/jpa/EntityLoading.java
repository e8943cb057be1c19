package io.mhras.migrations.schema.jpa;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.ddl.SchemaWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tables of entities in an empty database, as Hibernate would.
 *
 * @param statements Hibernate's own
 * @param schema where the names that have none are; null for the connection's own
 */
public record EntityLoading(
        List<String> statements, @Nullable String schema) {

    /** What a column may be of, or take its default from, and no entity makes. */
    private static final Set<FactKind> NEEDED = EnumSet.of(
            FactKind.EXTENSION,
            FactKind.SCHEMA,
            FactKind.COLLATION,
            FactKind.ENUM,
            FactKind.RANGE,
            FactKind.DOMAIN,
            FactKind.COMPOSITE,
            FactKind.FUNCTION);

    private static final Set<FactKind> RELATIONS = EnumSet.of(
            FactKind.TABLE, FactKind.FOREIGN_TABLE, FactKind.VIEW, FactKind.MATERIALIZED_VIEW, FactKind.SEQUENCE);

    private static final Pattern CREATE_SCHEMA = Pattern.compile("(?i)create schema (?!if )");
    private static final Pattern CREATE_TYPE = Pattern.compile("(?i)create type (?:\\S+\\.)?(\"[^\"]+\"|\\S+) as .*");

    public EntityLoading {
        statements = List.copyOf(statements);
    }

    /**
     * Runs them.
     *
     * @param there what the migrations make: types and functions of it that columns may need are made first
     * @throws Refused if the server takes one of them for wrong
     */
    public void into(DataSource empty, SchemaSnapshot there) {
        try (Connection connection = empty.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : SchemaWriter.write(needed(there)).statements()) {
                tried(statement, sql);
            }
            statement.execute("RESET ALL");
            if (schema != null) {
                String name = FactId.quoted(schema);
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + name + "; SET search_path = " + name + ", public");
            }
            for (String sql : statements) {
                run(statement, CREATE_SCHEMA.matcher(sql).replaceFirst("CREATE SCHEMA IF NOT EXISTS "));
            }
        } catch (SQLException e) {
            throw new Refused(
                    "The entities' tables could not be made on the scratch database: " + e.getMessage(),
                    "Correct the cause and start again; nothing was written.");
        }
    }

    private static void run(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new Refused(
                    "What Hibernate writes for the entities does not run on PostgreSQL: " + e.getMessage() + "\n\n  "
                            + sql,
                    "Correct the entity that it is for, most likely its columnDefinition.");
        }
    }

    /** What cannot be made alone is not needed: else the entity's own statement says so. */
    private static void tried(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            if (e.getSQLState() == null || e.getSQLState().startsWith("08")) {
                throw new Refused(
                        "The scratch database does not answer: " + e.getMessage(),
                        "Correct the cause and start again.");
            }
        }
    }

    private SchemaSnapshot needed(SchemaSnapshot there) {
        Set<String> own = statements.stream()
                .map(CREATE_TYPE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1).startsWith("\"")
                        ? SqlWords.name(matcher.group(1))
                        : matcher.group(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Set<FactId> needRelations = there.edges().stream()
                .filter(edge -> RELATIONS.contains(edge.needed().kind()))
                .map(edge -> edge.dependent())
                .collect(Collectors.toSet());
        Set<FactId> kept = new HashSet<>();
        for (SchemaFact fact : there.facts()) {
            FactId id = fact.id();
            boolean isOwn = id.kind() == FactKind.ENUM && own.contains(id.name());
            if (NEEDED.contains(id.kind()) && !isOwn && !needRelations.contains(id)) {
                kept.add(id);
            }
        }
        List<SchemaFact> facts = there.facts().stream()
                .filter(fact -> kept.contains(fact.id())
                        || fact.parent() != null
                                && kept.contains(fact.parent())
                                && (fact.id().kind() == FactKind.CONSTRAINT
                                        || fact.id().kind() == FactKind.COLUMN))
                .toList();
        Set<FactId> ids = facts.stream().map(SchemaFact::id).collect(Collectors.toSet());
        return new SchemaSnapshot(
                there.majorVersion(),
                facts,
                there.edges().stream()
                        .filter(edge -> ids.contains(edge.dependent()) && ids.contains(edge.needed()))
                        .collect(Collectors.toSet()),
                Map.of(),
                List.of(),
                List.of());
    }
}
