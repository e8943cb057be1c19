package io.mhras.migrations.benchmarks.contestant;

import com.sun.management.ThreadMXBean;
import io.mhras.migrations.benchmarks.contestant.Contestant.WithStatus;
import io.mhras.migrations.benchmarks.contestant.Task.Connections;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One contestant in a JVM of its own, told on standard input what to run; it stays warm between the runs.
 *
 * <p>It answers each line with a line: {@code ok} and the runs' figures, or {@code failed} and why.
 */
public final class Worker {

    private final Entrant entrant;
    private final PrintStream answers;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private @Nullable Task task;
    private @Nullable Contestant contestant;

    private Worker(Entrant entrant, PrintStream answers) {
        this.entrant = entrant;
        this.answers = answers;
    }

    /** Works until there is no more to do. */
    public static void main(String[] arguments) throws IOException {
        Worker worker = new Worker(Entrant.valueOf(arguments[0]), System.out);
        silence();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            worker.answer(command);
        }
        // Threads of pools and the like shall not keep it alive.
        System.exit(0);
    }

    /** Nobody logs: what a line costs is the affair of the logging system. SLF4J has nowhere to write either. */
    static void silence() {
        Logger.getLogger("").setLevel(Level.OFF);
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    private void answer(String command) {
        try {
            answers.println("ok" + run(command.split("\t", -1)));
        } catch (Throwable e) { // OutOfMemoryError too is an answer.
            e.printStackTrace();
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            answers.println("failed " + cause.toString().lines().findFirst().orElse(""));
        }
    }

    private String run(String[] words) throws Exception {
        return switch (words[0]) {
            case "open" -> open(Task.of(Connections.valueOf(words[1]), words[2], Path.of(words[3])));
            case "migrate" -> repeat(Integer.parseInt(words[1]), current()::migrate);
            case "status" -> repeat(Integer.parseInt(words[1]), ((WithStatus) current())::status);
            case "peak" -> " " + ProcessUse.peakKilobytes();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private String open(Task next) throws Exception {
        if (task != null && task.dataSource() instanceof AutoCloseable pool) {
            pool.close();
        }
        task = next;
        contestant = entrant.at(next);
        return "";
    }

    private Contestant current() {
        if (contestant == null) {
            throw new IllegalStateException("open comes first");
        }
        return contestant;
    }

    private interface Run {
        void run() throws Exception;
    }

    private String repeat(int times, Run run) throws Exception {
        StringBuilder figures = new StringBuilder();
        for (int i = 0; i < times; i++) {
            long allocatedBefore = allocatedBytes();
            long started = System.nanoTime();
            run.run();
            long nanos = System.nanoTime() - started;
            figures.append(' ').append(nanos).append(':').append(allocatedBytes() - allocatedBefore);
        }
        return figures.toString();
    }

    /** Of all threads that live: a tool may work in several. What psql allocates nobody here knows. */
    private long allocatedBytes() {
        if (entrant == Entrant.PSQL) {
            return 0;
        }
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .sum();
    }
}
