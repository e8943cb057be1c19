package io.mhras.migrations.cli;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.cli.connection.DatabaseConnection;
import io.mhras.migrations.cli.connection.MongoConnection;
import io.mhras.migrations.cli.connection.PostgresConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where another tool keeps what it has applied, one row or document each. Columns and fields go by their names in small letters. */
sealed interface OtherHistory {

    /** What to call it, for whoever reads. */
    String name();

    /** Empty if it is not there, or has nothing in it that could tell. */
    Set<String> columns();

    /**
     * In no order.
     *
     * @throws Refused if it cannot be read
     */
    List<Map<String, Object>> rows();

    /** Finds the one of that name. */
    interface Finder {

        OtherHistory find(String name);

        /**
         * What other tools have left in a database.
         *
         * @param schema where to look in PostgreSQL; null for the search_path
         */
        static Finder of(DatabaseConnection connection, @Nullable String schema) {
            return connection instanceof MongoConnection mongo
                    ? name -> new InCollection(mongo.client().getDatabase(mongo.database()), name)
                    : InTable.in(schema, new JdbcTemplate(((PostgresConnection) connection).dataSource()));
        }
    }

    /** A table of PostgreSQL. */
    record InTable(JdbcTemplate jdbc, String quotedName) implements OtherHistory {

        /** Those of a schema; of the search_path if none is named. */
        static Finder in(@Nullable String schema, JdbcTemplate jdbc) {
            return name -> new InTable(
                    jdbc,
                    Objects.requireNonNull(jdbc.queryForObject(
                            "SELECT concat(quote_ident(?::text) || '.', quote_ident(?))", String.class, schema, name)));
        }

        @Override
        public String name() {
            return "table " + quotedName;
        }

        @Override
        public Set<String> columns() {
            return new TreeSet<>(jdbc.queryForList(
                    "SELECT lower(attname) FROM pg_attribute"
                            + " WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped",
                    String.class,
                    quotedName));
        }

        @Override
        public List<Map<String, Object>> rows() {
            try {
                return jdbc.queryForList("SELECT * FROM " + quotedName).stream()
                        .map(OtherHistory::inSmallLetters)
                        .toList();
            } catch (DataAccessException e) {
                throw unreadable(this, String.valueOf(e.getMostSpecificCause().getMessage()));
            }
        }
    }

    /** A collection of MongoDB. */
    record InCollection(MongoDatabase database, String collection) implements OtherHistory {

        @Override
        public String name() {
            return "collection " + collection;
        }

        /** Those that any document has; tools have added some over time. */
        @Override
        public Set<String> columns() {
            Set<String> columns = new TreeSet<>();
            rows().forEach(row -> columns.addAll(row.keySet()));
            return columns;
        }

        @Override
        public List<Map<String, Object>> rows() {
            List<Map<String, Object>> rows = new ArrayList<>();
            try {
                database.getCollection(collection).find().forEach(document -> rows.add(inSmallLetters(document)));
                return rows;
            } catch (MongoException e) {
                throw unreadable(
                        this,
                        e instanceof MongoCommandException refusal
                                ? refusal.getErrorMessage()
                                : String.valueOf(e.getMessage()));
            }
        }
    }

    private static Map<String, Object> inSmallLetters(Map<String, Object> row) {
        Map<String, Object> lower = new HashMap<>();
        row.forEach((column, value) -> lower.put(column.toLowerCase(Locale.ROOT), value));
        return lower;
    }

    static Refused unreadable(OtherHistory history, String why) {
        return new Refused(
                "Nothing was adopted: the " + history.name() + " cannot be read: " + why,
                "Grant the database user to read it; or, if it is another tool's, name that with --from.");
    }
}
