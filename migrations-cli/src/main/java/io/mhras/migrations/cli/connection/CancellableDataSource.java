package io.mhras.migrations.cli.connection;

import io.mhras.migrations.cli.options.DatabaseOptions;
import io.mhras.migrations.cli.terminal.Terminal;
import io.mhras.migrations.schema.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLState;

/** Makes connections, whose statements can be cancelled on the server; asks for a password if the server requires one. */
public final class CancellableDataSource extends PGSimpleDataSource implements PostgresServer {

    private static final long serialVersionUID = 1L;

    private final transient Terminal terminal;
    private final transient Collection<Connection> open;

    CancellableDataSource(PostgresAddress address, Terminal terminal) {
        this(address.jdbcUrl(), terminal, new ConcurrentLinkedQueue<>());
    }

    private CancellableDataSource(String jdbcUrl, Terminal terminal, Collection<Connection> open) {
        this.terminal = terminal;
        this.open = open;
        setUrl(jdbcUrl);
    }

    /** Connections to the server of another address, which are cancelled together with these. */
    CancellableDataSource at(PostgresAddress address) {
        return new CancellableDataSource(address.jdbcUrl(), terminal, open);
    }

    @Override
    public DataSource named() {
        return this;
    }

    @Override
    public DataSource database(String name) {
        CancellableDataSource other = new CancellableDataSource(getUrl(), terminal, open);
        other.setUser(getUser());
        other.setPassword(getPassword());
        other.setDatabaseName(name);
        return other;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return remember(super.getConnection());
        } catch (SQLException e) {
            // The code is also that of a server without TLS.
            boolean isPasswordMissing = PSQLState.CONNECTION_REJECTED.getState().equals(e.getSQLState())
                    && String.valueOf(e.getMessage()).contains("no password");
            if (!isPasswordMissing || !terminal.isInteractive()) {
                throw e;
            }
            setPassword(DatabaseOptions.askPassword(terminal, "Password:"));
            return remember(super.getConnection());
        }
    }

    private Connection remember(Connection connection) {
        open.removeIf(CancellableDataSource::isClosed);
        open.add(connection);
        return connection;
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** Asks the server to cancel what runs over these connections; that it was done is seen there, not here. */
    @Nullable SQLException cancel() {
        SQLException failure = null;
        for (Connection one : open) {
            try {
                if (!isClosed(one)) {
                    one.unwrap(BaseConnection.class).cancelQuery();
                }
            } catch (SQLException e) {
                failure = e;
            }
        }
        return failure;
    }
}
