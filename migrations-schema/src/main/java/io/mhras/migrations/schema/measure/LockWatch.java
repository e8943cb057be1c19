package io.mhras.migrations.schema.measure;

import io.mhras.migrations.schema.report.LockMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Sees from other sessions what a statement locks that runs outside of a transaction, and frees its locks before anybody can
 * ask for them in its own.
 *
 * <p>On empty tables it would be done before it is seen. So these sessions lock all tables as somebody who writes does, and
 * let go when the statement waits for them: each lock that keeps others from writing is then seen, and so is what waits for
 * others before it goes on, as all that runs CONCURRENTLY does.
 */
final class LockWatch implements AutoCloseable {

    /** With more, the locks of this session would fill the server's lock table. */
    private static final int MOST_TABLES = 2_000;

    private static final long PAUSE_MS = 1;
    private static final long LONGEST_MS = 10_000;

    private static final String SEEN = """
            SELECT relation, mode FROM pg_catalog.pg_locks
            WHERE pid = ? AND locktype = 'relation' AND relation >= 16384
              AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())""";

    /** Those that are locked with their partitions come first: what detaches one waits for each of the two. */
    private static final String TABLES = """
            SELECT format('%I.%I', n.nspname, c.relname)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = ?::"char" AND c.relpersistence <> 't' AND c.oid >= 16384
              AND has_table_privilege(c.oid, 'UPDATE')
            ORDER BY c.oid""";

    private final int backend;
    private final Connection watcher;
    private final List<Connection> holders = new ArrayList<>();
    private final Map<Long, LockMode> seen = new HashMap<>();
    private final Thread thread = new Thread(this::watch, "mhras-migrations-locks");
    private volatile boolean isOver;
    private volatile @Nullable SQLException failure;

    private LockWatch(int backend, Connection watcher) {
        this.backend = backend;
        this.watcher = watcher;
        thread.setDaemon(true);
    }

    /** Begins to watch this server process, which is about to run the statement. */
    static LockWatch over(int backend, DataSource dataSource) throws SQLException {
        LockWatch watch = new LockWatch(backend, dataSource.getConnection());
        try {
            watch.hold(dataSource, "p");
            watch.hold(dataSource, "r");
        } catch (SQLException e) {
            watch.letGo();
            throw e;
        }
        watch.thread.start();
        return watch;
    }

    private void hold(DataSource dataSource, String kind) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (PreparedStatement query = watcher.prepareStatement(TABLES)) {
            query.setString(1, kind);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    tables.add("ONLY " + rows.getString(1));
                }
            }
        }
        if (tables.isEmpty() || tables.size() > MOST_TABLES) {
            return;
        }
        Connection holder = dataSource.getConnection();
        holders.add(holder);
        holder.setAutoCommit(false);
        try (Statement lock = holder.createStatement()) {
            lock.execute("LOCK TABLE " + String.join(", ", tables) + " IN ROW EXCLUSIVE MODE");
        }
    }

    private void watch() {
        try (PreparedStatement locks = watcher.prepareStatement(SEEN);
                PreparedStatement blocked = watcher.prepareStatement("SELECT cardinality(pg_blocking_pids(?))")) {
            locks.setInt(1, backend);
            blocked.setInt(1, backend);
            while (!isOver) {
                // In this order: what it has locked when it waits is seen before anything is let go.
                boolean isWaiting = isWaiting(blocked);
                look(locks);
                if (isWaiting && !holders.isEmpty()) {
                    letGo(holders.remove(0));
                }
                Thread.sleep(PAUSE_MS);
            }
        } catch (SQLException e) {
            failure = e;
            letGo();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isWaiting(PreparedStatement blocked) throws SQLException {
        try (ResultSet answer = blocked.executeQuery()) {
            return answer.next() && answer.getInt(1) > 0;
        }
    }

    private void look(PreparedStatement locks) throws SQLException {
        try (ResultSet rows = locks.executeQuery()) {
            while (rows.next()) {
                seen.merge(rows.getLong(1), LockMode.of(rows.getString(2)), SessionReading::stronger);
            }
        }
    }

    /** The statement is done: what it has locked, by the oids of the relations. */
    Map<Long, LockMode> end() throws SQLException {
        close();
        SQLException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return seen;
    }

    @Override
    public void close() {
        isOver = true;
        try {
            thread.join(LONGEST_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        letGo();
        letGo(watcher);
    }

    private void letGo() {
        holders.forEach(LockWatch::letGo);
        holders.clear();
    }

    private static void letGo(Connection connection) {
        try (connection) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            System.getLogger(LockWatch.class.getName())
                    .log(System.Logger.Level.DEBUG, "The connection was gone already", e);
        }
    }
}
