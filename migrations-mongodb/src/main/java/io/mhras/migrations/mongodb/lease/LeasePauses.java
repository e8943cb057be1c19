package io.mhras.migrations.mongodb.lease;

import io.mhras.migrations.MigrationException.TimedOut;
import java.util.concurrent.ThreadLocalRandom;

/** The pauses between two looks at a lease that another process holds: longer and longer, and no two processes' alike. */
final class LeasePauses {

    private static final long SHORTEST_MS = 20;
    private static final long LONGEST_MS = 500;

    // At a start the holder is usually done within this time, and after a long sleep a waiter would be late.
    private static final long HURRY_NANOS = 5_000_000_000L;
    private static final long LONGEST_IN_A_HURRY_MS = 50;

    private final long began = System.nanoTime();
    private long length = SHORTEST_MS;

    /** Takes the next one. */
    void next() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(length / 2, length + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimedOut("The wait for the migration lock was interrupted; nothing was done.", "Start again.");
        }
        boolean isHurry = System.nanoTime() - began < HURRY_NANOS;
        length = Math.min(length * 2, isHurry ? LONGEST_IN_A_HURRY_MS : LONGEST_MS);
    }
}
