package io.mhras.migrations.cli.connection;

import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.postgresql.PostgresDriver;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database.
 *
 * @param historyTable the name of the history's table
 */
public record PostgresConnection(CancellableDataSource dataSource, PostgresDriver driver, String historyTable)
        implements DatabaseConnection {

    @Override
    public String name() {
        // The engine reports why there is no connection.
        driver.newest();
        try (Connection connection = dataSource.getConnection()) {
            return connection.getCatalog();
        } catch (SQLException e) {
            throw new MigrationException.DatabaseUnavailable(
                    "The connection to PostgreSQL broke.", "Start again when the server is back.", e);
        }
    }

    @Override
    public String lockEnd(MigrationActivity.Session holder) {
        return "It goes with that session.";
    }

    @Override
    public @Nullable Exception cancel() {
        return dataSource.cancel();
    }

    /** Its connections are given back as they are used. */
    @Override
    public void close() {}
}
