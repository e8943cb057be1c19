package io.mhras.migrations.mongodb.server;

/** The driver refuses all that an interrupted thread asks of it; but what happened is to be recorded, and the lock released. */
public final class Uninterrupted {

    private Uninterrupted() {}

    /** Does this as if the thread had not been interrupted; afterwards it is interrupted again. */
    public static void run(Runnable work) {
        boolean isInterrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
