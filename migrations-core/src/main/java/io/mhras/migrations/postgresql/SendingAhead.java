package io.mhras.migrations.postgresql;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Sends a long script's messages from a thread of its own, so that the next one is read while the server works on this one.
 *
 * <p>Never more than one is on its way, and its error comes before all that follows it. Who wants the connection for
 * something else has to {@link #await()} first.
 */
final class SendingAhead {

    private final QuerySender sender;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(SendingAhead::daemon);
    private @Nullable CompletableFuture<Void> onItsWay;

    SendingAhead(QuerySender sender) {
        this.sender = sender;
    }

    /** Sends a message once the server is done with the one before. */
    void send(QueryMessage message, QuerySender.RowConsumer rows) {
        await();
        onItsWay = CompletableFuture.runAsync(() -> sender.send(message, rows), thread);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "mhras-migrations-send");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Waits until the server is done with what was sent.
     *
     * @throws QuerySender.StatementFailedException if a statement of it failed
     */
    void await() {
        CompletableFuture<Void> message = onItsWay;
        onItsWay = null;
        if (message == null) {
            return;
        }
        try {
            // Not interruptible, as a driver that waits for the server is not.
            message.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** Waits, too: nothing may be on its way when the transaction goes on, or is rolled back. */
    void close() {
        try {
            await();
        } finally {
            thread.shutdown();
        }
    }
}
