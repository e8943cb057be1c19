package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The advisory lock that keeps all but one process from changing a history.
 *
 * <p>It belongs to the session that works: when that ends, however it ends, the lock is free; while its statement still
 * runs, even if the process is gone, the lock is not.
 */
final class PostgresLock {

    private static final Logger log = LoggerFactory.getLogger(PostgresLock.class);
    private static final long SHORTEST_PAUSE_MS = 20;
    private static final long LONGEST_PAUSE_MS = 500;
    private static final long LOG_EVERY_NANOS = 10_000_000_000L;

    private final JdbcTemplate jdbc;
    private final HistoryTable table;
    private final long key;

    PostgresLock(JdbcTemplate jdbc, HistoryTable table) {
        this.jdbc = jdbc;
        this.table = table;
        this.key = key(table.qualifiedName());
    }

    /**
     * Waits until the lock is ours.
     *
     * <p>It asks again and again instead of blocking in pg_advisory_lock: a statement that blocks holds a snapshot, and
     * CREATE INDEX CONCURRENTLY on the other side would wait for that forever.
     */
    void acquire() {
        long nextLine = System.nanoTime();
        long pause = SHORTEST_PAUSE_MS;
        while (!Boolean.TRUE.equals(jdbc.queryForObject("SELECT pg_try_advisory_lock(?)", Boolean.class, key))) {
            if (System.nanoTime() - nextLine >= 0) {
                holder().forEach(line ->
                        log.info("Waiting for the migration lock of {}. {}", table.qualifiedName(), line));
                nextLine = System.nanoTime() + LOG_EVERY_NANOS;
            }
            sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
            pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        }
    }

    /** Who holds it, and what it does. */
    List<String> holder() {
        return jdbc.query("""
                SELECT format('It is held by process %s (user %s, application ''%s'', from %s), %s for %s s: %s',
                              pid, usename, application_name, coalesce(host(client_addr), 'this machine'), state,
                              round(extract(epoch FROM clock_timestamp() - state_change)),
                              left(regexp_replace(query, '\\s+', ' ', 'g'), 120))
                FROM pg_stat_activity JOIN pg_locks USING (pid)
                WHERE locktype = 'advisory' AND granted AND objsubid = 1
                  AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND (classid::bigint << 32) | objid::bigint = ?""", (row, number) -> row.getString(1), key);
    }

    private static long key(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("mhras.migrations:" + name).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException.TimedOut(
                    "The wait for the migration lock was interrupted; nothing was done.", "Start again.");
        }
    }
}
