package io.mhras.migrations.cli.connection;

import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.ScratchOptionGroup;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.schema.PostgresServer;
import io.mhras.migrations.schema.ScratchOptions;
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

    /**
     * Where scratch databases are made for this one.
     *
     * @throws InvalidSettingException if the options contradict each other, or an address is none
     */
    public ScratchOptions scratch(ScratchOptionGroup options) {
        options.check();
        return new ScratchOptions(
                options.on() == null ? null : server(PostgresAddress.parse(options.on())),
                options.isEmbedded(),
                options.serverDir,
                options.into,
                options.keep);
    }

    /**
     * The server and database of another address.
     *
     * @throws InvalidSettingException if it is none
     */
    public PostgresServer server(String url) {
        return server(PostgresAddress.parse(url));
    }

    private PostgresServer server(PostgresAddress address) {
        CancellableDataSource server = dataSource.at(address);
        if (address.user() != null) {
            server.setUser(address.user());
        }
        if (address.password() != null) {
            server.setPassword(address.password());
        }
        return server;
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
