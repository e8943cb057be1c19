package io.mhras.migrations.mongodb;

import io.mhras.migrations.MigrationDriver;
import java.time.Duration;

/**
 * Where the history lives, and the limits under which scripts run.
 *
 * @param collection the history's name; the lock is kept in {@code <collection>_lock}, and what unfinished scripts did in
 *     {@code <collection>_steps}
 * @param application what the history calls this service
 * @param lease for how long the lock of a process that is gone keeps others out, 1 s or more; a process that lives renews
 *     it, so that scripts may take longer
 * @param otherInstance how long to wait for another instance that migrates; zero for as long as it lives
 * @param limits how much a script may take
 */
public record MongoSettings(
        String collection, String application, Duration lease, Duration otherInstance, Limits limits) {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    /** The collection {@code migration_history}, a lease of 30 s, the usual limits. */
    public static final MongoSettings DEFAULT = new MongoSettings(
            "migration_history", MigrationDriver.UNNAMED, Duration.ofSeconds(30), Duration.ZERO, Limits.DEFAULT);

    public MongoSettings {
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("A lease of " + lease.toMillis() + " ms is too short; 1 s is the least");
        }
    }

    /** The same for another history. */
    public MongoSettings in(String newCollection) {
        return new MongoSettings(newCollection, application, lease, otherInstance, limits);
    }

    /** The same with other times for the lock. */
    public MongoSettings with(Duration newLease, Duration newOtherInstance) {
        return new MongoSettings(collection, application, newLease, newOtherInstance, limits);
    }

    /** The same with other limits. */
    public MongoSettings with(Limits newLimits) {
        return new MongoSettings(collection, application, lease, otherInstance, newLimits);
    }

    /**
     * How much a script may take, before it is stopped.
     *
     * @param time for which it may compute; the server's time does not count; zero for no limit
     * @param statements how many steps of JavaScript it may take; zero for no limit
     * @param memoryBytes by how much the heap may grow while it runs, measured after a garbage collection; zero for no limit.
     *     The engine cannot tell whose memory it is: what other threads keep counts too
     */
    public record Limits(Duration time, long statements, long memoryBytes) {

        /** 5 minutes of its own, and 512 MB. */
        public static final Limits DEFAULT = new Limits(Duration.ofMinutes(5), 0, 512L << 20);
    }
}
