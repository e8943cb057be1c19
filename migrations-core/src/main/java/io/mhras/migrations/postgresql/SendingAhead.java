package io.mhras.migrations.postgresql;

import org.jspecify.annotations.Nullable;

/**
 * Sends a long script's messages from threads of their own, so that the next one is read while the server works on this one.
 *
 * <p>Never more than one is on its way, and its error comes before all that follows it. Who wants the connection for
 * something else has to {@link #await()} first.
 */
final class SendingAhead {

    private final QuerySender sender;
    private @Nullable Sending onItsWay;

    SendingAhead(QuerySender sender) {
        this.sender = sender;
    }

    /** Sends a message once the server is done with the one before. */
    void send(QueryMessage message, QuerySender.RowConsumer rows) {
        await();
        // A thread each costs little beside the message, and its end is seen even if memory runs out in it.
        Sending sending = new Sending(sender, message, rows);
        sending.start();
        onItsWay = sending;
    }

    /**
     * Waits until the server is done with what was sent.
     *
     * @throws QuerySender.StatementFailedException if a statement of it failed
     */
    void await() {
        Sending sending = onItsWay;
        onItsWay = null;
        if (sending != null) {
            joinUninterrupted(sending);
            sending.throwFailure();
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

    /** One message on its way. */
    private static final class Sending extends Thread {

        private final QuerySender sender;
        private final QueryMessage message;
        private final QuerySender.RowConsumer rows;
        private @Nullable RuntimeException failure;
        private @Nullable Error error;

        Sending(QuerySender sender, QueryMessage message, QuerySender.RowConsumer rows) {
            super("mhras-migrations-send");
            this.sender = sender;
            this.message = message;
            this.rows = rows;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                sender.send(message, rows);
            } catch (RuntimeException e) {
                failure = e;
            } catch (Error e) {
                error = e;
            }
        }

        void throwFailure() {
            if (error != null) {
                throw error;
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
