package io.mhras.migrations.mongodb.shell;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much more the heap holds than at the beginning.
 *
 * <p>The engine cannot report how much memory a script holds. What can be known: a thread holds at most what it
 * allocated; and a full collection shows what is held, by whichever thread. So collections are rare: one for each
 * limit's worth of allocations.
 */
final class HeapGrowth {

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Thread thread;
    private final long usedAtBegin = used();
    private long heldAtMost;
    private long allocatedWhenLooked;

    HeapGrowth(Thread thread) {
        this.thread = thread;
        allocatedWhenLooked = allocated();
    }

    boolean exceeds(long bytes) {
        if (heldAtMost + allocated() - allocatedWhenLooked < bytes || used() - usedAtBegin < bytes) {
            return false;
        }
        long before = collections();
        System.gc();
        allocatedWhenLooked = allocated();
        heldAtMost = Math.max(0, used() - usedAtBegin);
        boolean collected = collections() > before;
        return collected && heldAtMost >= bytes;
    }

    private long allocated() {
        return Math.max(0, threads.getThreadAllocatedBytes(thread.getId()));
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Explicit collections can be switched off. */
    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
