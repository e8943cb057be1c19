package io.mhras.migrations.postgresql.lock;

import io.mhras.migrations.LockWait;
import io.mhras.migrations.postgresql.history.HistoryTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The advisory lock that keeps all but one process from changing a history.
 *
 * <p>It belongs to the session that does the work: when the session ends, in whatever way, the lock is free; while its
 * statement still runs, even if the process is gone, the lock is held.
 */
public final class PostgresLock {

    private final JdbcTemplate jdbc;
    private final HistoryTable table;
    private final long key;

    public PostgresLock(JdbcTemplate jdbc, HistoryTable table) {
        this.jdbc = jdbc;
        this.table = table;
        this.key = key(table.qualifiedName());
    }

    /** Its key on the server. */
    public long key() {
        return key;
    }

    /**
     * Waits until the lock is acquired.
     *
     * <p>It polls instead of blocking in pg_advisory_lock: a statement that blocks holds a snapshot, and CREATE INDEX
     * CONCURRENTLY on the other side would wait for that forever.
     *
     * @param limit how long to wait; zero for as long as the holder lives
     * @param isDone whether the lock is no longer needed
     * @return false if it was no longer needed
     */
    public boolean acquire(Duration limit, BooleanSupplier isDone) {
        return acquire(
                limit,
                isDone,
                () -> Boolean.TRUE.equals(jdbc.queryForObject("SELECT pg_try_advisory_lock(?)", Boolean.class, key)));
    }

    /** The same with another way to ask for it. */
    public boolean acquire(Duration limit, BooleanSupplier isDone, BooleanSupplier attempt) {
        return attempt.getAsBoolean()
                || new LockWait(
                                table.qualifiedName(),
                                () -> new PostgresActivity(jdbc).of(key),
                                limit,
                                "postgresql.other-instance-timeout")
                        .acquire(attempt, isDone);
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
}
