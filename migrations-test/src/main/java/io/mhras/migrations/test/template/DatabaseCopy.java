package io.mhras.migrations.test.template;

import io.mhras.migrations.test.server.DatabaseServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A copy of a template, which can be made anew under the same name. */
public final class DatabaseCopy implements AutoCloseable {

    private static final int MOST_ATTEMPTS = 10;
    private static final String IN_USE = "55006";

    private final Templates templates;
    private final Consumer<String> copy;
    private final String name = Templates.newName();
    private @Nullable String kept;
    private boolean isClosed;

    /** Makes it. */
    public DatabaseCopy(Templates templates, Templates.Kind kind, String key, Consumer<DataSource> migrate) {
        this.templates = templates;
        this.copy = target -> templates.copy(kind, key, migrate, target);
        copy.accept(name);
    }

    public String name() {
        return name;
    }

    public DatabaseServer server() {
        return templates.server();
    }

    /** Makes it again as it was at first, or when it was kept. Who is connected is cut off. */
    public synchronized void reset() {
        templates.drop(name);
        if (kept == null) {
            copy.accept(name);
        } else {
            copyKept(kept, name);
        }
    }

    /** Keeps it as it is now, for {@link #reset()}. Who is connected is cut off. */
    public synchronized void keep() {
        String keeping = Templates.newName();
        copyKept(name, keeping);
        if (kept != null) {
            templates.drop(kept);
        }
        kept = keeping;
    }

    /** Others may connect again at any moment. */
    private void copyKept(String from, String to) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = templates.connect()) {
                cutOff(connection, from);
                templates.copy(connection, from, to);
                return;
            } catch (SQLException e) {
                if (attempt == MOST_ATTEMPTS || !IN_USE.equals(e.getSQLState())) {
                    throw Templates.unavailable("The test's database could not be copied: " + e.getMessage(), e);
                }
            }
        }
    }

    private static void cutOff(Connection connection, String database) throws SQLException {
        String sql = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ?";
        if (connection.getMetaData().getDatabaseMajorVersion() < 14) {
            sql = sql.replace(", 5000", "");
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, database);
            statement.execute();
        }
    }

    /** Where the server's log of changes ends: the same as before if nobody has changed anything since. */
    public String position() {
        try (Connection connection = templates.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_current_wal_insert_lsn()")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw Templates.unavailable("The server could not be asked: " + e.getMessage(), e);
        }
    }

    /** Drops it. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        templates.drop(name);
        if (kept != null) {
            templates.drop(kept);
        }
    }
}
