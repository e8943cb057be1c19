package io.mhras.migrations.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A JVM that we started, and what it says line by line. */
final class ChildJvm implements AutoCloseable {

    private static final String END = "(ended)";

    private final Process process;
    private final Duration limit;
    private final Writer commands;
    private long askedAtNanos = System.nanoTime();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildJvm(Process process, Duration limit) {
        this.process = process;
        this.limit = limit;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts one with these options, class path, main class and arguments. */
    static ChildJvm start(Bench bench, List<String> options, String classPath, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(Redirect.appendTo(bench.log().toFile()));
        // No contestant shall call home while it is measured.
        builder.environment().put("REDGATE_DISABLE_TELEMETRY", "true");
        builder.environment().put("LIQUIBASE_ANALYTICS_ENABLED", "false");
        try {
            return new ChildJvm(builder.start(), bench.effort().limit());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("ok") || line.startsWith("failed")) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            lines.add("failed " + e);
        }
        lines.add(END);
    }

    /** From here on it has the time that everyone has. */
    void send(String command) {
        askedAtNanos = System.nanoTime();
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new ContestantFailedException("its JVM ended: " + e.getMessage());
        }
    }

    /** The next answer, without its {@code ok}. */
    String receive() {
        String line = poll();
        if (line == null) {
            close();
            throw new ContestantFailedException("not finished in " + limit.toSeconds() + " s");
        }
        if (line.startsWith("failed")) {
            throw new ContestantFailedException(line.substring("failed ".length()));
        }
        if (line.equals(END)) {
            throw new ContestantFailedException("its JVM ended");
        }
        return line.substring("ok".length()).strip();
    }

    private @Nullable String poll() {
        try {
            return lines.poll(askedAtNanos + limit.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it if it still runs, and what it may have started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
    }
}
