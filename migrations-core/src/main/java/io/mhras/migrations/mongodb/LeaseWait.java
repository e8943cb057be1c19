package io.mhras.migrations.mongodb;

import io.mhras.migrations.MigrationException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until the lease is ours, and says for whom it waits. */
final class LeaseWait {

    private static final Logger log = LoggerFactory.getLogger(LeaseWait.class);
    private static final long SHORTEST_PAUSE_MS = 20;
    private static final long LONGEST_PAUSE_MS = 500;

    // At a start the holder is mostly done within this time, and who sleeps for long then comes late.
    private static final long HURRY_NANOS = 5_000_000_000L;
    private static final long LONGEST_PAUSE_IN_A_HURRY_MS = 50;
    private static final long LOG_EVERY_NANOS = 10_000_000_000L;

    private final HistoryCollections collections;
    private final MongoLease lease;

    LeaseWait(HistoryCollections collections, MongoLease lease) {
        this.collections = collections;
        this.lease = lease;
    }

    /**
     * Takes the lease as soon as it is free.
     *
     * @param limit how long to wait; zero for as long as the holder lives
     */
    void acquire(LeaseHolder holder, Duration limit) {
        long started = System.nanoTime();
        long nextLine = started;
        long pause = SHORTEST_PAUSE_MS;
        while (!lease.tryAcquire(holder)) {
            if (System.nanoTime() - nextLine >= 0) {
                describeHolder()
                        .ifPresent(
                                line -> log.info("Waiting for the migration lock of {}. {}", collections.name(), line));
                nextLine = System.nanoTime() + LOG_EVERY_NANOS;
            }
            if (!limit.isZero() && System.nanoTime() - started >= limit.toNanos()) {
                throw new MigrationException.TimedOut(
                        "Waited " + limit.toSeconds() + " s for the migration lock of " + collections.name()
                                + "; nothing was done. " + describeHolder().orElse("It was freed just now."),
                        "Look at the process that migrates; or raise the setting"
                                + " 'mhras.migrations.mongodb.other-instance-timeout'.");
            }
            sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
            boolean isHurry = System.nanoTime() - started < HURRY_NANOS;
            pause = Math.min(pause * 2, isHurry ? LONGEST_PAUSE_IN_A_HURRY_MS : LONGEST_PAUSE_MS);
        }
    }

    private Optional<String> describeHolder() {
        return new MongoActivity(collections)
                .read()
                .map(activity -> "It is held by " + activity.session().withoutQuery()
                        + (activity.script().isEmpty() ? "" : ". It runs " + activity.describe()));
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
