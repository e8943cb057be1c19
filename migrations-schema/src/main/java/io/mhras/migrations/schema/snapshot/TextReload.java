package io.mhras.migrations.schema.snapshot;

import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.Reload;
import io.mhras.migrations.schema.SchemaFact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Loads texts into a database, in a transaction that is rolled back. */
public final class TextReload implements Reload {

    /** Two loads were enough for all that was ever met. */
    private static final int MOST_LOADS = 4;

    private final DataSource scratch;
    private final Map<String, String> known = new HashMap<>();

    public TextReload(DataSource scratch) {
        this.scratch = scratch;
    }

    @Override
    public List<SchemaFact> reloaded(List<SchemaFact> facts, NavigableMap<FactId, SchemaFact> all) {
        try (Connection connection = scratch.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(CatalogReader.SETTINGS + "; SET LOCAL check_function_bodies = off");
                return facts.stream()
                        .map(fact -> reloaded(fact, all, connection))
                        .toList();
            } finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static DatabaseUnavailable unavailable(SQLException e) {
        return new DatabaseUnavailable(
                "Texts of the schema could not be loaded into the scratch database: " + e.getMessage(),
                "Correct the cause and start again; nothing was written.",
                e);
    }

    private SchemaFact reloaded(SchemaFact fact, NavigableMap<FactId, SchemaFact> all, Connection connection) {
        Map<String, String> attributes = new LinkedHashMap<>(fact.attributes());
        attributes.replaceAll((name, text) -> {
            TextLoading loading = TextLoading.of(fact, name, all);
            return loading == null ? text : fixedPoint(loading, text, connection);
        });
        return new SchemaFact(fact.id(), fact.parent(), fact.position(), attributes);
    }

    private String fixedPoint(TextLoading loading, String text, Connection connection) {
        String at = text;
        for (int loads = 0; loads < MOST_LOADS; loads++) {
            String next = loaded(loading, at, connection);
            if (next.equals(at)) {
                return at;
            }
            at = next;
        }
        return at;
    }

    /** What the text comes to; itself if the server refuses it. */
    private String loaded(TextLoading loading, String text, Connection connection) {
        String key = loading.key(text);
        String seen = known.get(key);
        if (seen == null) {
            seen = load(loading, text, connection);
            known.put(key, seen);
        }
        return seen;
    }

    private static String load(TextLoading loading, String text, Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SAVEPOINT reload");
            String loaded;
            try {
                loaded = load(loading, text, connection, statement);
            } catch (SQLException e) {
                if (connection.isClosed()) {
                    throw e;
                }
                loaded = text;
            }
            statement.execute("ROLLBACK TO SAVEPOINT reload");
            return loaded;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static String load(TextLoading loading, String text, Connection connection, Statement statement)
            throws SQLException {
        if (loading.place() != null && isMissing(loading.place(), connection)) {
            for (String sql : loading.makingThePlace()) {
                statement.execute(sql);
            }
        }
        for (String sql : loading.statements(text)) {
            statement.execute(sql);
        }
        String loaded = answer(loading.reading(), loading.named(), connection);
        return loaded == null ? text : loaded;
    }

    private static boolean isMissing(String relation, Connection connection) throws SQLException {
        return answer("SELECT to_regclass(?)::text", List.of(relation), connection) == null;
    }

    private static @Nullable String answer(String query, List<String> parameters, Connection connection)
            throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.size(); i++) {
                read.setString(i + 1, parameters.get(i));
            }
            try (ResultSet rows = read.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }
}
