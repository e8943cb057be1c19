package io.mhras.migrations.postgresql.lock;

import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationActivity.Session;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.postgresql.wire.BorrowedConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes, while a step of a session takes long, what it does and which sessions block it.
 *
 * <p>From a second connection, since the session's own is busy. If the pool has none to give, nothing is seen, and
 * nothing else changes.
 */
public final class SessionWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SessionWatch.class);
    private static final long SHORTEST_PERIOD_MS = 100;
    private static final long LONGEST_PERIOD_MS = 1_000;
    private static final long LAST_LOOK_MS = 1_000;

    /**
     * How to go on when others hold the locks that a script needs.
     *
     * @param limit how long to try again; zero for not at all
     * @param firstPause how long the first pause is; each one is about twice as long as the one before
     * @param longestPause how long a pause may become
     */
    public record Backoff(Duration limit, Duration firstPause, Duration longestPause) {}

    private final DataSource dataSource;
    private final Connection watched;
    private final long lock;
    private final MigrationSession.Observer observer;
    private final Backoff backoff;
    private final Thread thread = new Thread(this::watch, "mhras-migrations-watch");
    private volatile long period = LONGEST_PERIOD_MS;
    private volatile long busySince;
    private volatile boolean isOver;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable MigrationActivity latest;

    /**
     * A watch over a session.
     *
     * @param lock the key of the lock that it holds
     * @param observer is notified of what was seen
     * @param backoff what to do about sessions that block it
     */
    public SessionWatch(
            DataSource dataSource, Connection watched, long lock, MigrationSession.Observer observer, Backoff backoff) {
        this.backoff = backoff;
        this.dataSource = dataSource;
        this.watched = watched;
        this.lock = lock;
        this.observer = observer;
        thread.setDaemon(true);
    }

    /**
     * A step begins.
     *
     * @param lockTimeout how long a statement waits for a lock: its holder has to be seen in time
     */
    public void begin(Duration lockTimeout) {
        long third = lockTimeout.isZero() ? LONGEST_PERIOD_MS : lockTimeout.toMillis() / 3;
        period = Math.max(SHORTEST_PERIOD_MS, Math.min(LONGEST_PERIOD_MS, third));
        latest = null;
        busySince = System.nanoTime();
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /** The step is over. */
    public void end() {
        busySince = 0;
    }

    /** The session is to end early: no pause is worth waiting for. */
    public void stop() {
        stop.countDown();
    }

    /** Whether it is to end early. */
    public boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Waits; at most until the session is to end early, and returns whether it is. */
    public boolean sleep(long milliseconds) throws InterruptedException {
        return stop.await(milliseconds, TimeUnit.MILLISECONDS);
    }

    /** The pauses before other attempts of a script that needs locks which others hold. */
    public LockRetries retries() {
        return new LockRetries(backoff, this);
    }

    /** Which sessions blocked it when it was last observed. */
    List<Session> blockers() {
        MigrationActivity seen = latest;
        latest = null;
        return seen == null ? List.of() : seen.blockedBy();
    }

    private void watch() {
        try {
            while (!isOver) {
                Thread.sleep(period);
                long since = busySince;
                if (since != 0 && System.nanoTime() - since >= period * 1_000_000) {
                    lookIfPossible();
                }
            }
        } catch (InterruptedException e) {
            log.trace("The session is over", e);
        }
    }

    private void lookIfPossible() {
        try {
            look();
        } catch (SQLException | RuntimeException e) {
            log.debug("What the migrations do cannot be watched, for want of a second connection", e);
        }
    }

    private void look() throws SQLException {
        BorrowedConnection second = BorrowedConnection.from(dataSource);
        if (second.connection() == watched || isSameConnection(second)) {
            // A data source of a single connection. It is busy, and must be neither used nor closed.
            isOver = true;
            return;
        }
        try (second) {
            Optional<MigrationActivity> seen = new PostgresActivity(second.jdbc()).of(lock);
            if (seen.isPresent() && busySince != 0) {
                latest = seen.get();
                observer.onActivity(seen.get());
            }
        }
    }

    private boolean isSameConnection(BorrowedConnection second) throws SQLException {
        try {
            return second.isSameAs(watched);
        } catch (SQLException | RuntimeException e) {
            // It hides which connection it is, so nothing is observed; but it is returned.
            isOver = true;
            second.close();
            throw e;
        }
    }

    @Override
    public void close() {
        isOver = true;
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(LAST_LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
