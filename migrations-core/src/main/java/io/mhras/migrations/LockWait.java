package io.mhras.migrations;

import io.mhras.migrations.MigrationException.TimedOut;
import io.mhras.migrations.text.SettingNames;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the migration lock of a history, and logs who holds it. */
public final class LockWait {

    private static final Logger log = LoggerFactory.getLogger(MigrationDriver.LOCK_LOG);
    private static final long SHORTEST_PAUSE_MS = 20;
    private static final long LONGEST_PAUSE_MS = 500;

    // At a start the holder is usually done within this time, and after a long sleep a waiter would be late.
    private static final long HURRY_NANOS = 5_000_000_000L;
    private static final long LONGEST_PAUSE_IN_A_HURRY_MS = 50;

    // Asking who holds it costs more than a small migration when all instances of a service start at once.
    private static final long SILENT_NANOS = 1_000_000_000L;
    private static final long LOG_EVERY_NANOS = 10_000_000_000L;

    private final String history;
    private final Supplier<Optional<MigrationActivity>> holder;
    private final Duration limit;
    private final String limitSetting;
    private final long started = System.nanoTime();
    private long pause = SHORTEST_PAUSE_MS;

    /**
     * A wait that begins now.
     *
     * @param history whose lock it is, by its full name
     * @param holder what its holder does; empty if it is free
     * @param limit how long to wait; zero for as long as the holder lives
     * @param limitSetting the key of the setting that says so
     */
    public LockWait(String history, Supplier<Optional<MigrationActivity>> holder, Duration limit, String limitSetting) {
        this.history = history;
        this.holder = holder;
        this.limit = limit;
        this.limitSetting = limitSetting;
    }

    /**
     * Attempts it again and again, after a pause each.
     *
     * @param isDone whether the lock is no longer needed
     * @return false if it was no longer needed
     */
    public boolean acquire(BooleanSupplier attempt, BooleanSupplier isDone) {
        long nextLine = started + SILENT_NANOS;
        do {
            if (System.nanoTime() - nextLine >= 0) {
                describeHolder().ifPresent(line -> log.info("Waiting for the migration lock of {}. {}", history, line));
                nextLine = System.nanoTime() + LOG_EVERY_NANOS;
            }
            if (!limit.isZero() && System.nanoTime() - started >= limit.toNanos()) {
                throw new TimedOut(
                        "Waited " + limit.toSeconds() + " s for the migration lock of " + history
                                + "; nothing was done. " + describeHolder().orElse("It was freed just now."),
                        "Look at the process that migrates; or raise the setting " + SettingNames.quoted(limitSetting)
                                + ".");
            }
            sleep();
            // Otherwise the waiters would take the lock one after the other, only to find nothing left to do.
            if (isDone.getAsBoolean()) {
                return false;
            }
        } while (!attempt.getAsBoolean());
        return true;
    }

    private Optional<String> describeHolder() {
        return holder.get()
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
