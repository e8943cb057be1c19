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

/** Reads tables that are not ours. */
public record PostgresTableReader(DataSource dataSource) implements TableReader {

    /** One that borrows a connection for each question. */
    public static TableReader of(DataSource dataSource) {
        return new PostgresTableReader(dataSource);
    }

    @Override
    public Kind kind() {
        return Kind.TABLE;
    }

    @Override
    public List<Table> find(@Nullable String schema, Set<String> names) {
        String sql = """
                SELECT nspname AS schema, wanted.name, array_agg(DISTINCT lower(attname)) AS columns
                FROM unnest(?) AS wanted (name)
                JOIN pg_class ON pg_class.oid = to_regclass(concat(quote_ident(?::text) || '.', quote_ident(wanted.name)))
                JOIN pg_namespace ON pg_namespace.oid = relnamespace
                JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
                WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
                GROUP BY nspname, wanted.name""";
        return query(
                schema == null ? "search_path" : "schema " + schema,
                jdbc -> jdbc.query(sql, (row, number) -> table(row), names.toArray(String[]::new), schema));
    }

    private static Table table(ResultSet row) throws SQLException {
        String[] columns = (String[]) row.getArray("columns").getArray();
        return new Table(row.getString("schema"), row.getString("name"), Set.of(columns));
    }

    @Override
    public List<Map<String, @Nullable Object>> rows(Table table) {
        String name = new HistoryTable(table.schema(), table.name()).qualifiedName();
        return query("table " + name, jdbc -> jdbc.queryForList("SELECT * FROM " + name)).stream()
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
