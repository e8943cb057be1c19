package io.mhras.migrations.schema.scratch;

import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.schema.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server that is started for scratch databases and removed afterwards; it listens to this machine only. */
final class EmbeddedServer implements AutoCloseable {

    private static final String PREFIX = "mhras-scratch-";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LEFT_AFTER = Duration.ofHours(1);
    private static final long PAUSE_MS = 20;
    private static final int LAST_LINES = 10;

    private final Path folder;
    private final Process process;
    private final PostgresServer server;

    private EmbeddedServer(Path folder, Process process, PostgresServer server) {
        this.folder = folder;
        this.process = process;
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @param serverDir where its programs are; null for the {@code PATH}
     * @param user the name of its superuser
     * @throws DatabaseUnavailable if it does not start, with what it says
     */
    static EmbeddedServer start(@Nullable Path serverDir, String user) {
        ServerPrograms programs = ServerPrograms.find(serverDir);
        removeLeftovers();
        Path folder = null;
        try {
            folder = newFolder();
            return start(programs, folder, user);
        } catch (IOException e) {
            remove(folder);
            throw new DatabaseUnavailable(
                    "The server for scratch databases could not be started: " + e.getMessage(),
                    "Correct the cause and start again.",
                    e);
        } catch (RuntimeException e) {
            remove(folder);
            throw e;
        }
    }

    private static Path newFolder() throws IOException {
        String prefix = PREFIX + ProcessHandle.current().pid() + "-";
        return Path.of("/proc/self").toFile().exists()
                ? Files.createTempDirectory(
                        prefix, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                : Files.createTempDirectory(prefix);
    }

    private static EmbeddedServer start(ServerPrograms programs, Path folder, String user) throws IOException {
        // Others on this machine can connect, too, and its user may run programs as this one.
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        Path passwordFile = Files.writeString(folder.resolve("password"), password);
        Path data = folder.resolve("data");
        Path log = folder.resolve("server.log");
        int initialized = run(
                programs,
                log,
                "initdb",
                List.of(
                        "-D",
                        data.toString(),
                        "-U",
                        user,
                        "-A",
                        "scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "-E",
                        "UTF8",
                        "--locale=C",
                        "--no-sync"));
        if (initialized != 0) {
            throw failed("initdb ended with " + initialized, log);
        }
        Files.delete(passwordFile);
        int port = freePort();
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", String.valueOf(port)));
        // Nothing of it outlives this process, so nothing has to be safe on the disk.
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "full_page_writes=off",
                "synchronous_commit=off",
                "autovacuum=off")) {
            arguments.add("-c");
            arguments.add(setting);
        }
        Process process = programs.command("postgres", arguments)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        PostgresServer server = PostgresServer.at("jdbc:postgresql://127.0.0.1:" + port + "/postgres", user, password);
        EmbeddedServer started = new EmbeddedServer(folder, process, server);
        try {
            started.awaitReady(log);
        } catch (RuntimeException e) {
            started.stop();
            throw e;
        }
        return started;
    }

    private static int run(ServerPrograms programs, Path log, String program, List<String> arguments)
            throws IOException {
        Process process = programs.command(program, arguments)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(Path log) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection = server.named().getConnection()) {
                if (connection.isValid(0)) {
                    return;
                }
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    throw failed("it does not answer: " + e.getMessage(), log);
                }
            }
            try {
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failed("it was interrupted", log);
            }
        }
    }

    private static DatabaseUnavailable failed(String why, Path log) {
        String said;
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            said = all.stream().skip(Math.max(0, all.size() - LAST_LINES)).collect(Collectors.joining("\n  "));
        } catch (IOException | UncheckedIOException e) {
            said = "";
        }
        return new DatabaseUnavailable(
                "The server for scratch databases could not be started: " + why
                        + (said.isEmpty() ? "." : ". It says:\n  " + said),
                "Correct the cause and start again.",
                null);
    }

    PostgresServer server() {
        return server;
    }

    @Override
    public void close() {
        stop();
        remove(folder);
    }

    private void stop() {
        interrupt(process.toHandle());
        boolean isInterrupted = Thread.interrupted();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            isInterrupted = true;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks it to end its sessions and stop; the signal that Java knows lets it wait for them. */
    private static void interrupt(ProcessHandle server) {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(server.pid())).start();
        } catch (IOException e) {
            server.destroy();
        }
    }

    /** Servers of processes that were killed before they could remove them. */
    private static void removeLeftovers() {
        Instant oldest = Instant.now().minus(LEFT_AFTER);
        try (Stream<Path> found = Files.list(Path.of(System.getProperty("java.io.tmpdir", "/tmp")))) {
            found.filter(folder -> isLeftover(folder, oldest)).forEach(folder -> {
                ownerOfData(folder).ifPresent(ProcessHandle::destroyForcibly);
                remove(folder);
            });
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(EmbeddedServer.class.getName())
                    .log(System.Logger.Level.DEBUG, "The folder for temporary files cannot be read", e);
        }
    }

    private static boolean isLeftover(Path folder, Instant oldest) {
        String name = folder.getFileName().toString();
        if (!name.matches(PREFIX + "\\d{1,18}-.*") || !Files.isDirectory(folder)) {
            return false;
        }
        long maker = Long.parseLong(name.substring(PREFIX.length(), name.indexOf('-', PREFIX.length())));
        try {
            return ProcessHandle.of(maker).isEmpty()
                    && Files.getOwner(folder).getName().equals(System.getProperty("user.name"))
                    && Files.getLastModifiedTime(folder).toInstant().isBefore(oldest);
        } catch (IOException e) {
            return false;
        }
    }

    /** The server that runs on the folder, if one still does. */
    private static Optional<ProcessHandle> ownerOfData(Path folder) {
        try (Stream<String> lines = Files.lines(folder.resolve("data").resolve("postmaster.pid"))) {
            return ProcessHandle.of(Long.parseLong(lines.findFirst().orElse("").strip()))
                    .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()));
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void remove(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(EmbeddedServer.class.getName())
                    .log(System.Logger.Level.WARNING, "The folder " + folder + " could not be removed", e);
        }
    }
}
