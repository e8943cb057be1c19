package io.mhras.migrations.mongodb.lease;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews a lease in a thread of its own, since a single statement may take longer; and reports what its holder does. */
public final class LeaseKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final long LONGEST_PERIOD_MS = 1_000;
    private static final long LAST_LOOK_MS = 1_000;

    private final MongoLease lease;
    private final MongoActivity activity;
    private final MigrationSession.Observer observer;
    private final Thread thread = new Thread(this::keep, "mhras-migrations-lease");
    private volatile long busySince;
    private volatile boolean isOver;

    public LeaseKeeper(MongoLease lease, MongoActivity activity, MigrationSession.Observer observer) {
        this.lease = lease;
        this.activity = activity;
        this.observer = observer;
        thread.setDaemon(true);
        thread.start();
    }

    /** A step begins. */
    public void begin() {
        busySince = System.nanoTime();
    }

    /** The step is over. */
    public void end() {
        busySince = 0;
    }

    private void keep() {
        long third = lease.length().toMillis() / 3;
        long period = Math.min(LONGEST_PERIOD_MS, third);
        long renewed = System.nanoTime();
        try {
            while (!isOver) {
                Thread.sleep(period);
                if (System.nanoTime() - renewed >= (third - period) * 1_000_000 && !isOver) {
                    renewed = System.nanoTime();
                    renew();
                }
                if (busySince != 0 && System.nanoTime() - busySince >= period * 1_000_000) {
                    look();
                }
            }
        } catch (InterruptedException e) {
            log.trace("The session is over", e);
        }
    }

    /** The next write finds out by itself; until then there may be another attempt. */
    private void renew() {
        try {
            lease.renew();
        } catch (MigrationException e) {
            if (!isOver) {
                log.warn("The migration lock could not be renewed. {}", e.problem());
            }
        } catch (RuntimeException e) {
            log.debug("The lease could not be renewed", e);
        }
    }

    private void look() {
        try {
            activity.read().ifPresent(observer::onActivity);
        } catch (RuntimeException e) {
            // Also the observer's own: the lease must be kept nevertheless.
            log.debug("What the migrations do cannot be watched", e);
        }
    }

    @Override
    public void close() {
        isOver = true;
        thread.interrupt();
        try {
            thread.join(LAST_LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
