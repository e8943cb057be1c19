package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.mongodb.MongoSettings.Limits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/**
 * Stops a script that computes for too long, fills the memory, or whose thread was interrupted.
 *
 * <p>While the server works nothing is watched: an index may take an hour. Nor while the shell is made ready.
 */
final class Watchdog implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final Context context;
    private final Limits limits;
    private final Thread runner = Thread.currentThread();
    private final HeapGrowth heap;
    private final Thread watcher = new Thread(this::watch, "migrations-script-watch");

    private volatile boolean over;
    private volatile boolean paused = true;
    private final AtomicLong computedNanos = new AtomicLong();
    private volatile long resumedAt = System.nanoTime();
    private volatile @Nullable String stopped;

    Watchdog(Context context, Limits limits) {
        this.context = context;
        this.limits = limits;
        heap = new HeapGrowth(runner);
        watcher.setDaemon(true);
        watcher.start();
    }

    /** The server works, and the script waits. */
    void pause() {
        computedNanos.addAndGet(System.nanoTime() - resumedAt);
        paused = true;
    }

    /** The script computes; it begins with this. */
    void resume() {
        resumedAt = System.nanoTime();
        paused = false;
    }

    /** Why the script was stopped; null if it was not. */
    @Nullable String stopped() {
        return stopped;
    }

    /** Whether the thread is interrupted because the script went beyond its limits, and not from outside. */
    boolean hasInterrupted() {
        String reason = stopped;
        return reason != null && !reason.contains("interrupted");
    }

    private void watch() {
        while (!over) {
            String reason = paused ? null : reason();
            if (reason != null && !over) {
                stopped = reason;
                context.close(true);
                return;
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    private @Nullable String reason() {
        if (runner.isInterrupted()) {
            return "its thread was interrupted";
        }
        long nanos = computedNanos.get() + System.nanoTime() - resumedAt;
        if (limits.time().toNanos() > 0 && nanos > limits.time().toNanos()) {
            return "it computed for more than " + limits.time().toMillis() + " ms, the server's time not counted";
        }
        if (limits.memoryBytes() > 0 && heap.exceeds(limits.memoryBytes())) {
            return "the heap grew by more than " + (limits.memoryBytes() >> 20) + " MB while it ran";
        }
        return null;
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(watcher);
        boolean interrupted = Thread.interrupted();
        try {
            watcher.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        // The engine interrupts a thread that it stops, and may clear its interrupt flag.
        if (stopped == null ? interrupted : !hasInterrupted()) {
            runner.interrupt();
        }
    }
}
