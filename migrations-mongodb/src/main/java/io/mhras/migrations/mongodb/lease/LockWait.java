package io.mhras.migrations.mongodb.lease;

import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.SettingNames;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.MigratingProcess;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the lease, and logs who holds it. */
public final class LockWait {

    private static final Logger log = LoggerFactory.getLogger(MigrationDriver.LOCK_LOG);
    private static final long LOG_EVERY_NANOS = 10_000_000_000L;

    private final HistoryCollections collections;
    private final MongoLease lease;

    public LockWait(HistoryCollections collections, MongoLease lease) {
        this.collections = collections;
        this.lease = lease;
    }

    /**
     * Takes the lease as soon as it is free.
     *
     * @param limit how long to wait; zero for as long as the holder lives
     * @param isDone whether the lease is no longer needed
     * @return false if it was no longer needed
     */
    public boolean acquire(MigratingProcess holder, Duration limit, BooleanSupplier isDone) {
        long started = System.nanoTime();
        long nextLine = started;
        LeasePauses pauses = new LeasePauses();
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
                        "Look at the process that migrates; or raise the setting "
                                + SettingNames.quoted("mongodb.other-instance-timeout") + ".");
            }
            pauses.next();
            if (isDone.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    private Optional<String> describeHolder() {
        return new MongoActivity(collections)
                .read()
                .map(activity -> "It is held by " + MigrationPrinter.sessionWithoutQuery(activity.session())
                        + (activity.script().isEmpty() ? "" : ". It runs " + MigrationPrinter.activity(activity)));
    }
}
