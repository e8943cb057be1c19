package io.mhras.migrations.processes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A process of its own that migrates as often as it is told to, to be killed at will. */
public final class MigrateWorker implements AutoCloseable {

    private static final String ANSWER = "=> ";

    private final Process process;
    private final PrintWriter orders;
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private CompletableFuture<Answer> answer = new CompletableFuture<>();

    /** Where the process takes its connections from. */
    public enum Connections {
        /** Each one is new. */
        EACH_NEW,
        /** A pool of one, which outlasts a run that failed. */
        POOL_OF_ONE
    }

    /** How a run ended. */
    public enum Ending {
        /** All is applied. */
        DONE,
        /** It told its user what is wrong. */
        STOPPED,
        /** It ended in an error that is not meant for users. */
        BROKEN,
        /** The process is gone. */
        KILLED
    }

    /**
     * What the process says when a run is over.
     *
     * @param text the error, if there is one
     */
    public record Answer(Ending ending, String text) {}

    private MigrateWorker(Process process) {
        this.process = process;
        this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        Thread reader = new Thread(this::read, "worker " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts one, which waits to be told. */
    public static MigrateWorker start() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // Else the pool hands out a connection that broke a moment ago.
                "-Dcom.zaxxer.hikari.aliveBypassWindowMs=0",
                "-cp",
                System.getProperty("java.class.path"),
                MigrateWorker.class.getName());
        try {
            return new MigrateWorker(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins a run, once the process is ready for it. */
    public CompletableFuture<Answer> migrate(String url, Path folder, Connections connections) {
        answer.join();
        CompletableFuture<Answer> next = new CompletableFuture<>();
        synchronized (this) {
            answer = next;
        }
        if (!process.isAlive()) {
            next.complete(new Answer(Ending.KILLED, ""));
        }
        orders.println(connections + "\t" + url + "\t" + folder);
        return next;
    }

    /** Kills the process; nothing in it is told. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Whether it can be told to migrate. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** All that it has logged. */
    public String log() {
        return String.join("\n", log);
    }

    /** Forgets what it has logged so far. */
    public void resetLog() {
        log.clear();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ANSWER)) {
                    String[] parts = line.substring(ANSWER.length()).split(" ", 2);
                    complete(new Answer(Ending.valueOf(parts[0]), parts[1].replace("\\n", "\n")));
                } else {
                    log.add(line);
                }
            }
        } catch (IOException e) {
            log.add(e.toString());
        } finally {
            complete(new Answer(Ending.KILLED, ""));
        }
    }

    private synchronized void complete(Answer last) {
        answer.complete(last);
    }

    @Override
    public void close() {
        kill();
    }

    /** What it does. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Pool pool = new Pool();
        System.out.println(ANSWER + Ending.DONE + " ");
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split("\t", 3);
            Answer answer = run(pool.dataSource(Connections.valueOf(words[0]), words[1]), Path.of(words[2]));
            System.out.println(ANSWER + answer.ending() + " " + answer.text().replace("\n", "\\n"));
        }
    }

    private static Answer run(DataSource dataSource, Path folder) {
        try {
            MigrateProcess.migrator(dataSource, folder).migrate(Target.HEAD);
            return new Answer(Ending.DONE, "");
        } catch (MigrationException e) {
            return new Answer(Ending.STOPPED, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return new Answer(Ending.BROKEN, trace.toString());
        }
    }

    /** The pool of the database that was migrated last. */
    private static final class Pool {

        // Longer than the pool's own pauses between attempts while a server is away.
        private static final long CONNECTION_TIMEOUT_MS = 15_000;

        private @Nullable HikariDataSource dataSource;

        DataSource dataSource(Connections connections, String url) {
            HikariDataSource last = dataSource;
            if (last != null && connections == Connections.POOL_OF_ONE && url.equals(last.getJdbcUrl())) {
                return last;
            }
            if (last != null) {
                last.close();
                dataSource = null;
            }
            if (connections == Connections.EACH_NEW) {
                return new DriverManagerDataSource(url);
            }
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setMaximumPoolSize(1);
            config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
            config.setInitializationFailTimeout(-1);
            HikariDataSource next = new HikariDataSource(config);
            dataSource = next;
            return next;
        }
    }
}
