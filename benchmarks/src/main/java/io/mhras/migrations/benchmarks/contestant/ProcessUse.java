package io.mhras.migrations.benchmarks.contestant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What this process has taken of the machine. */
public final class ProcessUse {

    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessUse() {}

    /** The most that was resident at once; 0 where the system does not say. */
    static long peakKilobytes() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }

    /** That, and the processor time of all threads, as an answer of a child that measured so many nanoseconds. */
    public static String answer(long nanos) throws IOException {
        // Not by a platform bean: that would load more classes than some contestants do.
        Duration processor = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return "ok " + nanos + ":0 " + processor.toNanos() + " " + peakKilobytes();
    }
}
