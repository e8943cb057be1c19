package io.mhras.migrations.postgresql.history;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.postgresql.wire.BorrowedConnection;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads tables that are not ours.
 *
 * @param schema what comes first in the search_path of scripts; null for the connection's own
 */
public record PostgresTableReader(
        DataSource dataSource, @Nullable String schema) implements TableReader {

    /** One that borrows a connection for each question. */
    public static TableReader of(DataSource dataSource, @Nullable String schema) {
        return new PostgresTableReader(dataSource, schema);
    }

    @Override
    public Kind kind() {
        return Kind.TABLE;
    }

    @Override
    public List<Table> find(@Nullable String wanted, Set<String> names, Set<String> telltales) {
        String sql = """
                WITH place AS (SELECT name, min(rank) AS rank
                               FROM unnest(CASE WHEN ?::text IS NULL THEN ?::text || current_schemas(false)::text[]
                                                ELSE ARRAY[?::text] END) WITH ORDINALITY AS path (name, rank)
                               GROUP BY name)
                SELECT place.name AS schema, relname AS name, array_agg(DISTINCT lower(attname)) AS columns
                FROM place
                JOIN pg_namespace ON nspname = place.name
                JOIN pg_class ON relnamespace = pg_namespace.oid
                JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
                WHERE relname = ANY (?) AND relkind IN ('r', 'p', 'v', 'm', 'f')
                   OR relkind IN ('r', 'p') AND EXISTS (SELECT FROM pg_attribute AS telltale
                                                        WHERE telltale.attrelid = pg_class.oid AND attnum > 0
                                                          AND NOT attisdropped AND lower(attname) = ANY (?))
                GROUP BY rank, place.name, relname
                ORDER BY rank, relname""";
        return query(
                wanted == null ? "search_path" : "schema " + wanted,
                jdbc -> jdbc.query(
                        sql,
                        (row, number) -> table(row),
                        wanted,
                        schema,
                        wanted,
                        names.toArray(String[]::new),
                        telltales.toArray(String[]::new)));
    }

    private static Table table(ResultSet row) throws SQLException {
        String[] columns = (String[]) row.getArray("columns").getArray();
        return new Table(row.getString("schema"), row.getString("name"), Set.of(columns));
    }

    @Override
    public List<Map<String, @Nullable Object>> rows(Table table, int most) {
        String name = new HistoryTable(table.schema(), table.name()).qualifiedName();
        return query("table " + name, jdbc -> jdbc.queryForList("SELECT * FROM " + name + " LIMIT " + most)).stream()
                .map(PostgresTableReader::inLowerCase)
                .toList();
    }

    private static Map<String, @Nullable Object> inLowerCase(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> lower = new HashMap<>();
        row.forEach((column, value) ->
                lower.put(column.toLowerCase(Locale.ROOT), value instanceof Timestamp time ? time.toInstant() : value));
        return lower;
    }

    private <T> T query(String what, Function<JdbcTemplate, T> query) {
        try (BorrowedConnection connection = BorrowedConnection.from(dataSource)) {
            return query.apply(connection.jdbc());
        } catch (DataAccessException e) {
            throw unreadable(what, PostgresErrors.sqlException(e));
        }
    }

    private static MigrationException unreadable(String what, SQLException e) {
        return PostgresErrors.isConnectionBroken(e)
                ? PostgresErrors.ofBrokenConnection(e)
                : new HistoryUnusable(
                        "The " + what + " cannot be read: " + PostgresErrors.message(e),
                        "Grant the database user to read it.",
                        e);
    }
}
