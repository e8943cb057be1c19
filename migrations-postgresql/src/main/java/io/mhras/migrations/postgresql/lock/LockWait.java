package io.mhras.migrations.postgresql.lock;

import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException.TimedOut;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.SettingNames;
import io.mhras.migrations.postgresql.history.HistoryTable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Waits for the migration lock, and logs who holds it. */
final class LockWait {

    private static final Logger log = LoggerFactory.getLogger(MigrationDriver.LOCK_LOG);
    private static final long SHORTEST_PAUSE_MS = 20;
    private static final long LONGEST_PAUSE_MS = 500;

    // At a start the holder is usually done within this time, and after a long sleep a waiter would be late.
    private static final long HURRY_NANOS = 5_000_000_000L;
    private static final long LONGEST_PAUSE_IN_A_HURRY_MS = 50;

    // Asking who holds it costs more than a small migration when all instances of a service start at once.
    private static final long SILENT_NANOS = 1_000_000_000L;
    private static final long LOG_EVERY_NANOS = 10_000_000_000L;

    private final JdbcTemplate jdbc;
    private final HistoryTable table;
    private final long key;
    private final Duration limit;
    private final long started = System.nanoTime();
    private long pause = SHORTEST_PAUSE_MS;

    LockWait(JdbcTemplate jdbc, HistoryTable table, long key, Duration limit) {
        this.jdbc = jdbc;
        this.table = table;
        this.key = key;
        this.limit = limit;
    }

    /**
     * Attempts it again and again.
     *
     * @return false if the lock was no longer needed
     */
    boolean acquire(BooleanSupplier attempt, BooleanSupplier isDone) {
        long nextLine = started + SILENT_NANOS;
        do {
            if (System.nanoTime() - nextLine >= 0) {
                holder().ifPresent(line ->
                        log.info("Waiting for the migration lock of {}. {}", table.qualifiedName(), line));
                nextLine = System.nanoTime() + LOG_EVERY_NANOS;
            }
            if (!limit.isZero() && System.nanoTime() - started >= limit.toNanos()) {
                throw new TimedOut(
                        "Waited " + limit.toSeconds() + " s for the migration lock of " + table.qualifiedName()
                                + "; nothing was done. "
                                + holder().orElse("It was freed just now."),
                        "Look at the process that migrates; or raise the setting" + " "
                                + SettingNames.quoted("postgresql.other-instance-timeout") + ".");
            }
            sleep();
            // Otherwise the waiters would take the lock one after the other, only to find nothing left to do.
            if (isDone.getAsBoolean()) {
                return false;
            }
        } while (!attempt.getAsBoolean());
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

    /** Longer and longer, and no two processes alike. */
    private void sleep() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimedOut("The wait for the migration lock was interrupted; nothing was done.", "Start again.");
        }
        boolean isHurry = System.nanoTime() - started < HURRY_NANOS;
        pause = Math.min(pause * 2, isHurry ? LONGEST_PAUSE_IN_A_HURRY_MS : LONGEST_PAUSE_MS);
    }
}
