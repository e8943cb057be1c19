package io.mhras.migrations.postgresql.lock;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.postgresql.history.HistoryTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The advisory lock that keeps all but one process from changing a history.
 *
 * <p>It belongs to the session that works: when that ends, however it ends, the lock is free; while its statement still
 * runs, even if the process is gone, the lock is not.
 */
public final class PostgresLock {

    private static final Logger log = LoggerFactory.getLogger(PostgresLock.class);
    private static final long SHORTEST_PAUSE_MS = 20;
    private static final long LONGEST_PAUSE_MS = 500;

    // At a start the holder is mostly done within this time, and who sleeps for long then comes late.
    private static final long HURRY_NANOS = 5_000_000_000L;
    private static final long LONGEST_PAUSE_IN_A_HURRY_MS = 50;

    // To ask who holds it costs more than a small migration, when all instances of a service start at once.
    private static final long SILENT_NANOS = 1_000_000_000L;
    private static final long LOG_EVERY_NANOS = 10_000_000_000L;

    private final JdbcTemplate jdbc;
    private final HistoryTable table;
    private final long key;

    public PostgresLock(JdbcTemplate jdbc, HistoryTable table) {
        this.jdbc = jdbc;
        this.table = table;
        this.key = key(table.qualifiedName());
    }

    /** The number under which the server knows it. */
    public long key() {
        return key;
    }

    /**
     * Waits until the lock is ours.
     *
     * <p>It asks again and again instead of blocking in pg_advisory_lock: a statement that blocks holds a snapshot, and
     * CREATE INDEX CONCURRENTLY on the other side would wait for that forever.
     *
     * @param limit how long to wait; zero for as long as the holder lives
     * @param isDone whether the lock is not wanted any more
     * @return false if it was not wanted any more
     */
    public boolean acquire(Duration limit, BooleanSupplier isDone) {
        return acquire(
                limit,
                isDone,
                () -> Boolean.TRUE.equals(jdbc.queryForObject("SELECT pg_try_advisory_lock(?)", Boolean.class, key)));
    }

    /** The same with another way to ask for it. */
    public boolean acquire(Duration limit, BooleanSupplier isDone, BooleanSupplier attempt) {
        long started = System.nanoTime();
        long nextLine = started + SILENT_NANOS;
        long pause = SHORTEST_PAUSE_MS;
        while (!attempt.getAsBoolean()) {
            if (System.nanoTime() - nextLine >= 0) {
                holder().ifPresent(line ->
                        log.info("Waiting for the migration lock of {}. {}", table.qualifiedName(), line));
                nextLine = System.nanoTime() + LOG_EVERY_NANOS;
            }
            if (!limit.isZero() && System.nanoTime() - started >= limit.toNanos()) {
                throw new MigrationException.TimedOut(
                        "Waited " + limit.toSeconds() + " s for the migration lock of " + table.qualifiedName()
                                + "; nothing was done. "
                                + holder().orElse("It was freed just now."),
                        "Look at the process that migrates; or raise the setting"
                                + " 'mhras.migrations.postgresql.other-instance-timeout'.");
            }
            sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
            boolean isHurry = System.nanoTime() - started < HURRY_NANOS;
            pause = Math.min(pause * 2, isHurry ? LONGEST_PAUSE_IN_A_HURRY_MS : LONGEST_PAUSE_MS);
            // Or else those that wait take their turns with the lock, one after the other, to find nothing left to do.
            if (isDone.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    /** Who holds it, and what it does. */
    private Optional<String> holder() {
        return new PostgresActivity(jdbc)
                .of(key)
                .map(activity -> "It is held by "
                        + (activity.script().isEmpty()
                                ? MigrationPrinter.session(activity.session())
                                : MigrationPrinter.sessionWithoutQuery(activity.session()) + ". It runs "
                                        + MigrationPrinter.activity(activity)));
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
