package io.mhras.migrations.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL server of one test's own, to be stopped, crashed and started again. It syncs to disk, as a real one does. */
public final class OwnServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MS = 50;

    private final EmbeddedPostgres embedded;
    private final Path data;
    private final Path binaries;

    private OwnServer(EmbeddedPostgres embedded, Path data, Path binaries) {
        this.embedded = embedded;
        this.data = data;
        this.binaries = binaries;
    }

    /** Makes one, with an empty data directory. */
    public static OwnServer start() {
        try {
            Path data = Files.createTempDirectory("mhras-server");
            EmbeddedPostgres embedded = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(true)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            String binaries = new JdbcTemplate(embedded.getPostgresDatabase())
                    .queryForObject("SELECT setting FROM pg_config() WHERE name = 'BINDIR'", String.class);
            OwnServer server = new OwnServer(embedded, data, Path.of(String.valueOf(binaries)));
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the server's own database, with a user who may do everything. */
    public String adminUrl() {
        return embedded.getJdbcUrl("postgres", "postgres");
    }

    /** Stops it like an administrator who cannot wait for sessions to end, and starts it again. */
    public void restart() {
        stop("fast");
        startAgain();
    }

    /** Stops it without notifying anyone, and lets it recover. */
    public void shutDownImmediately() {
        stop("immediate");
        startAgain();
    }

    /** Makes a standby of it, as it is when the primary server is gone: from now on it is only read. */
    public void becomeStandby() {
        stop("fast");
        try {
            Files.createFile(data.resolve("standby.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startAgain();
    }

    /** Kills the server's first process, and lets it recover. */
    public void killPostmaster() {
        ProcessHandle postmaster = postmaster();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
        startAgain();
    }

    /** Kills these processes if they are the server's, which makes it end all sessions and recover. */
    public void killBackends(List<Long> pids) {
        long parent = postmaster().pid();
        List<ProcessHandle> backends = pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(process -> process.parent().stream().anyMatch(found -> found.pid() == parent))
                .toList();
        try (Connection witness = DriverManager.getConnection(adminUrl())) {
            long killed =
                    backends.stream().filter(ProcessHandle::destroyForcibly).count();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (killed > 0 && witness.isValid(0)) {
                pauseUntil(deadline);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        awaitReady();
    }

    private ProcessHandle postmaster() {
        try (var lines = Files.lines(data.resolve("postmaster.pid"))) {
            long pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop(String mode) {
        int exit = control("stop", "-m", mode);
        if (exit != 0) {
            throw new IllegalStateException("pg_ctl stop ended with " + exit + "\n" + log());
        }
    }

    /** A server that was killed leaves processes behind that hold its memory until they notice. */
    private void startAgain() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        // A standby needs as many connections as its primary server had.
        String options = "-p " + embedded.getPort() + " -c fsync=on -c synchronous_commit=on -c max_connections=300";
        while (control("start", "-o", options, "-l", data.resolve("server.log").toString()) != 0) {
            pauseUntil(deadline);
        }
        awaitReady();
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(adminUrl()));
        while (true) {
            try {
                String sql = "SELECT current_setting('fsync') || ' ' || current_setting('synchronous_commit')";
                String found = jdbc.queryForObject(sql, String.class);
                if (!"on on".equals(found)) {
                    throw new IllegalStateException("A crash would lose what is committed: " + found);
                }
                return;
            } catch (DataAccessException e) {
                pauseUntil(deadline);
            }
        }
    }

    private int control(String... arguments) {
        List<String> command = new ArrayList<>();
        // PostgreSQL does not run as root.
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(binaries.resolve("pg_ctl").toString(), "-w", "-D", data.toString()));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            data.resolve("control.log").toFile()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void pauseUntil(long deadline) {
        if (System.nanoTime() - deadline > 0) {
            throw new IllegalStateException("The server does not come back\n" + log());
        }
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String log() {
        try {
            return Files.readString(data.resolve("control.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it and removes its data. */
    @Override
    public void close() {
        try {
            embedded.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
