package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import org.jspecify.annotations.Nullable;

/**
 * Sends a long script's messages from threads of their own, so that the next ones are read while the server works on this
 * one.
 *
 * <p>Never more than one is on its way; one more waits, so that the server does not. An error comes before all that
 * follows it. To use the connection for anything else, {@link #await()} first.
 */
public final class PipelinedSender {

    private final QuerySender sender;
    private @Nullable Sending last;

    public PipelinedSender(QuerySender sender) {
        this.sender = sender;
    }

    /**
     * Sends a message once the server is done with those before.
     *
     * @throws StatementFailed if a statement of one before failed
     */
    public void send(QueryMessage message, QuerySender.RowConsumer rows) {
        Sending before = last;
        if (before != null) {
            before.awaitTurn();
        }
        // A thread each costs little beside the message, and its end is seen even if memory runs out in it.
        Sending sending = new Sending(sender, message, rows, before);
        sending.start();
        last = sending;
    }

    /**
     * Waits until the server is done with what was sent.
     *
     * @throws StatementFailed if a statement of it failed
     */
    public void await() {
        Sending sending = last;
        last = null;
        if (sending != null) {
            sending.awaitEnd();
        }
    }

    /** Nor does an interrupt end a driver's wait for the server. */
    private static void joinUninterrupted(Thread thread) {
        boolean wasInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One message, on its way or waiting for the one before. */
    private static final class Sending extends Thread {

        private final QuerySender sender;
        private final QueryMessage message;
        private final QuerySender.RowConsumer rows;
        private volatile @Nullable Sending before;
        private @Nullable RuntimeException failure;
        private @Nullable Error error;

        Sending(QuerySender sender, QueryMessage message, QuerySender.RowConsumer rows, @Nullable Sending before) {
            super("mhras-migrations-send");
            this.sender = sender;
            this.message = message;
            this.rows = rows;
            this.before = before;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                awaitTurn();
                before = null;
                sender.send(message, rows);
            } catch (RuntimeException e) {
                failure = e;
            } catch (Error e) {
                error = e;
            }
        }

        /** Waits until the one before is done. */
        void awaitTurn() {
            Sending earlier = before;
            if (earlier != null) {
                earlier.awaitEnd();
            }
        }

        void awaitEnd() {
            joinUninterrupted(this);
            if (error != null) {
                throw error;
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
