package io.mhras.migrations.postgresql.health;

import io.mhras.migrations.DatabaseHealth;
import io.mhras.migrations.DatabaseHealth.Connections;
import io.mhras.migrations.DatabaseHealth.Finding;
import io.mhras.migrations.DatabaseHealth.Index;
import io.mhras.migrations.DatabaseHealth.Table;
import io.mhras.migrations.postgresql.wire.BorrowedConnection;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the health of a database from the catalog and the statistics. */
public final class PostgresHealth {

    private PostgresHealth() {}

    public static DatabaseHealth read(BorrowedConnection borrowed) {
        HealthQueries queries = new HealthQueries(borrowed);
        try {
            Connection connection = borrowed.connection();
            List<Size> size = queries.rows("the size of the database", "database", Size::of);
            List<Connections> connections = queries.rows("the connections", "connections", PostgresHealth::connections);
            List<Table> tables = queries.measured("the tables", "tables", PostgresHealth::table);
            List<Index> indexes = queries.measured("the indexes", "indexes", PostgresHealth::index);
            List<Finding> findings = new ArrayList<>();
            for (HealthCheck check : HealthCheck.values()) {
                findings.addAll(queries.rows(check.subject(), check.query(), check::finding));
            }
            return new DatabaseHealth(
                    connection.getCatalog(),
                    "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion(),
                    size.isEmpty() ? null : size.get(0).bytes(),
                    connections.isEmpty() ? null : connections.get(0),
                    size.isEmpty() ? null : size.get(0).since(),
                    tables,
                    indexes,
                    findings,
                    queries.notRead());
        } catch (SQLException e) {
            throw PostgresErrors.ofBrokenConnection(e);
        }
    }

    private record Size(long bytes, @Nullable Instant since) {
        static Size of(ResultSet row, int number) throws SQLException {
            return new Size(row.getLong("bytes"), instant(row, "since"));
        }
    }

    private static Connections connections(ResultSet row, int number) throws SQLException {
        return new Connections(row.getInt("open"), row.getInt("active"), row.getInt("most"));
    }

    private static Table table(ResultSet row, int number) throws SQLException {
        return new Table(
                row.getString("name"),
                row.getLong("rows"),
                row.getLong("bytes"),
                row.getLong("index_bytes"),
                row.getLong("dead_rows"),
                instant(row, "last_vacuum"));
    }

    private static Index index(ResultSet row, int number) throws SQLException {
        return new Index(row.getString("name"), row.getString("table_name"), row.getLong("bytes"), row.getLong("uses"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
