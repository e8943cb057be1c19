package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.MigrationException.Stopped;
import io.mhras.migrations.MigrationSession.Stop;
import io.mhras.migrations.autoconfigure.MigrationsProperties.OnShutdown;
import io.mhras.migrations.engine.Migrator;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a run when the process is told to end.
 *
 * <p>Spring's own hook waits until the context is refreshed, and the refresh waits for the migrations: without this one
 * the next migration would begin, and a port be opened, on the way to the end.
 */
final class ShutdownSignal implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MigrationRunner.class);

    // Those who end a process usually kill it after 30 s.
    private static final long CANCEL_AFTER_MS = 10_000;
    private static final long GIVE_UP_AFTER_MS = 22_000;

    // Between two statements there is nothing to cancel, and the next one may be on its way.
    private static final long AGAIN_AFTER_MS = 1_000;

    private final Collection<Migrator> migrators;
    private final OnShutdown how;
    private final Thread hook = new Thread(this::stop, "mhras-migrations-shutdown");
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean isGiven;

    private ShutdownSignal(Collection<Migrator> migrators, OnShutdown how) {
        this.migrators = migrators;
        this.how = how;
    }

    /** Listens until it is closed. */
    static ShutdownSignal listen(Collection<Migrator> migrators, OnShutdown how) {
        ShutdownSignal signal = new ShutdownSignal(migrators, how);
        try {
            Runtime.getRuntime().addShutdownHook(signal.hook);
        } catch (IllegalStateException e) {
            throw new Stopped("The process ends; no migration was begun.", "Start again.", e);
        }
        return signal;
    }

    /**
     * What comes after a run is not to come any more.
     *
     * @throws Stopped if the signal came
     */
    void requireNone() {
        if (isGiven) {
            throw new Stopped(
                    "The migrations are done, and the process was told to end while they ran: the start ends here.",
                    "Start again.",
                    null);
        }
    }

    private void stop() {
        isGiven = true;
        long begun = System.nanoTime();
        Stop stop = how == OnShutdown.CANCEL ? Stop.CANCEL : Stop.FINISH;
        log.info(
                "Migrations: the process is told to end. {}",
                stop == Stop.CANCEL
                        ? "What runs is cancelled"
                        : "What runs is finished, or cancelled after " + CANCEL_AFTER_MS / 1_000 + " s");
        try {
            for (long elapsed = 0; elapsed < GIVE_UP_AFTER_MS; elapsed = (System.nanoTime() - begun) / 1_000_000) {
                if (stop == Stop.FINISH && elapsed >= CANCEL_AFTER_MS) {
                    stop = Stop.CANCEL;
                    log.warn("Migrations: what runs is not finished after {} s, and is cancelled", elapsed / 1_000);
                }
                tell(stop);
                if (end.await(AGAIN_AFTER_MS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            log.error(
                    "Migrations: the server does not answer. What it runs may go on; until it is done, no other process"
                            + " can migrate. What came of it is in the history");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Stop stop) {
        for (Migrator migrator : migrators) {
            migrator.stop(stop);
        }
    }

    @Override
    public void close() {
        end.countDown();
        if (!isGiven) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                log.debug("The process is about to end", e);
            }
        }
    }
}
