package io.mhras.migrations.cli.connection;

import io.mhras.migrations.MigrationException.Stopped;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.cli.terminal.Terminal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What {@code Ctrl-C} does: the server gives up the statement that runs, and the run ends as after any other error. */
public final class Cancellation {

    // Between two statements there is nothing to cancel, and the next one may be on its way.
    private static final long AGAIN_AFTER_MS = 2_000;
    private static final int MOST_ATTEMPTS = 15;

    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable Run run;
    private volatile boolean isCancelled;

    /** A change of the database begins in this thread, over this connection. */
    public Run begin(DatabaseConnection connection) {
        Run begun = new Run(connection, Thread.currentThread());
        run = begun;
        return begun;
    }

    /** Whether it was requested. */
    public boolean isCancelled() {
        return isCancelled;
    }

    /** The command is over, whatever it was. */
    public void commandEnded() {
        end.countDown();
    }

    /** Cancels what the command does, in a thread other than the command's, and waits until it has cleaned up. */
    public void cancel(Terminal terminal) {
        if (end.getCount() == 0) {
            return;
        }
        isCancelled = true;
        Run current = run;
        if (current == null) {
            terminal.err().println("\nCancelled.");
            return;
        }
        terminal.err().println("Cancelling ...");
        try {
            for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
                Exception failure = current.cancel();
                if (end.await(AGAIN_AFTER_MS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                if (failure != null) {
                    terminal.err().println("The server could not be asked to cancel: " + failure.getMessage());
                }
            }
            terminal.err()
                    .println(
                            "The server does not answer. What it runs may go on; until it is done, no other process can"
                                    + " migrate. See 'migrations activity'.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A change of the database that can be cancelled. */
    public final class Run implements MigrationListener, AutoCloseable {

        private final DatabaseConnection connection;
        private final Thread thread;
        private boolean isOver;

        private Run(DatabaseConnection connection, Thread thread) {
            this.connection = connection;
            this.thread = thread;
        }

        private @Nullable Exception cancel() {
            return interrupt() ? connection.cancel() : null;
        }

        /** It may be asleep, between two attempts to get a lock; but what comes after the run is not to be disturbed. */
        private synchronized boolean interrupt() {
            if (!isOver) {
                thread.interrupt();
            }
            return !isOver;
        }

        @Override
        public void onStep(String database, MigrationStep step) {
            requireGoing();
        }

        /** @throws Stopped if it was cancelled */
        public void requireGoing() {
            if (isCancelled) {
                throw new Stopped("Cancelled.", "Start again: it goes on where it stopped.", null);
            }
        }

        /** By the thread that it was begun by. */
        @Override
        public synchronized void close() {
            run = null;
            isOver = true;
            if (isCancelled) {
                Thread.interrupted();
            }
        }
    }
}
