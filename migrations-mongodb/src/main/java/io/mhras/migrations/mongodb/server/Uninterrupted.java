package io.mhras.migrations.mongodb.server;

/** The driver refuses all that an interrupted thread asks of it; but what happened is to be recorded, and the lock given back. */
public final class Uninterrupted {

    private Uninterrupted() {}

    /** Does this as if nobody had interrupted the thread, which is interrupted again afterwards. */
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
