package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SmartDataSource;

/** A connection of the data source's, in autocommit as long as it is ours. */
public final class BorrowedConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BorrowedConnection.class);

    private final Connection connection;
    private final boolean cameInAutocommit;

    private BorrowedConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.cameInAutocommit = connection.getAutoCommit();
        if (!cameInAutocommit) {
            connection.setAutoCommit(true);
        }
    }

    public static BorrowedConnection from(DataSource dataSource) {
        Connection connection = connect(dataSource);
        try {
            String product = connection.getMetaData().getDatabaseProductName();
            if (product.equals("PostgreSQL")) {
                return new BorrowedConnection(connection);
            }
            throw new DatabaseUnavailable(
                    "The data source is " + product + ", and the migrations are for PostgreSQL.",
                    "Point the data source to PostgreSQL; in a test slice that puts an embedded database in its place,"
                            + " set spring.test.database.replace=none.",
                    null);
        } catch (SQLException e) {
            closeQuietly(connection);
            throw PostgresErrors.ofConnecting(e);
        } catch (RuntimeException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private static Connection connect(DataSource dataSource) {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw PostgresErrors.ofConnecting(e);
        } catch (RuntimeException e) {
            // Some pools report in this way why they could not connect.
            throw PostgresErrors.ofConnecting(new SQLException(String.valueOf(e.getMessage()), e));
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("The connection was gone already", e);
        }
    }

    /** Closes it for good: it must not be reused in its current state. */
    public void discard(SQLException reason) {
        log.warn("The connection could not be put back as it came, and is closed: {}", PostgresErrors.message(reason));
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("The connection was gone already", e);
        }
    }

    public Connection connection() {
        return connection;
    }

    /** Asks the server to give up what it does for this connection; in another thread than the one that waits for it. */
    public void cancel() throws SQLException {
        connection.unwrap(BaseConnection.class).cancelQuery();
    }

    /** The sender that suits it. */
    public QuerySender sender() throws SQLException {
        return PgjdbcSender.suits(connection) ? new PgjdbcSender(connection) : new PlainJdbcSender(connection);
    }

    /** Whether a pooler answered when it was made, and not this server process; where the driver is hidden, that is unknown. */
    public boolean isPooled(int backend) throws SQLException {
        // A pooler invents the process id that it reports to the driver.
        return connection.isWrapperFor(BaseConnection.class)
                && connection.unwrap(BaseConnection.class).getBackendPID() != backend;
    }

    /** Whether the data source has given the same connection twice. */
    public boolean isSameAs(Connection other) throws SQLException {
        // Not by the process: a pooler need not name one.
        return connection.unwrap(BaseConnection.class).equals(other.unwrap(BaseConnection.class));
    }

    /**
     * For queries over this connection.
     *
     * <p>All queries of ours go through Spring, which closes what it opens and reports which statement failed; except
     * the history's, which are all that a start with nothing to do asks: Spring's classes would make up a third of what
     * it loads.
     */
    public JdbcTemplate jdbc() {
        return new JdbcTemplate(new OneConnection(connection));
    }

    /** Spring's own would make a proxy class, which takes a fresh JVM ten milliseconds. */
    private static final class OneConnection extends AbstractDataSource implements SmartDataSource {

        private final Connection connection;

        OneConnection(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Connection getConnection() {
            return connection;
        }

        @Override
        public Connection getConnection(String user, String password) {
            return connection;
        }

        @Override
        public boolean shouldClose(Connection used) {
            return false;
        }
    }

    /** Returns it in the state in which it was borrowed. */
    @Override
    public void close() {
        try (connection) {
            if (!cameInAutocommit) {
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            log.debug("The connection was gone already", e);
        }
    }
}
