package io.mhras.migrations.test.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Starts and stops the server of a folder.
 *
 * <p>It keeps nothing safe from a crash of the machine: a test's database is made again whenever it is needed.
 */
final class PostgresProcess {

    private static final int MOST_ATTEMPTS = 5;
    private static final byte[] LOCAL = {127, 0, 0, 1};
    private static final String OPTIONS = " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
            + " -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c max_connections=300";

    private final ServerFolder folder;
    private final Path binaries;
    private final List<String> prefix;

    /**
     * A server.
     *
     * @param binaries the folder of {@code postgres}, {@code initdb} and {@code pg_ctl}
     * @param prefix what makes of root another user, where that is needed
     */
    PostgresProcess(ServerFolder folder, Path binaries, List<String> prefix) {
        this.folder = folder;
        this.binaries = binaries;
        this.prefix = prefix;
    }

    /** The port could not be had. */
    static final class PortTaken extends IOException {
        PortTaken(int port) {
            super("port " + port + " is taken: another program listens there");
        }
    }

    /**
     * Starts it, with an empty data directory if there is none that works.
     *
     * @param port 0 for any that is free
     * @return its port
     */
    int start(int port) throws IOException, InterruptedException {
        boolean isFresh = !Files.exists(folder.complete());
        if (isFresh) {
            initialize();
        }
        OptionalInt running = tryStart(port);
        if (running.isEmpty() && !isFresh) {
            initialize();
            running = tryStart(port);
        }
        return running.orElseThrow(() -> new IOException("it does not start:\n" + folder.endOfLog(0)));
    }

    private OptionalInt tryStart(int wanted) throws IOException, InterruptedException {
        for (int i = 0; i < MOST_ATTEMPTS; i++) {
            int port = wanted == 0 ? freePort() : wanted;
            if (wanted != 0 && !isFree(wanted)) {
                throw new PortTaken(wanted);
            }
            long before = folder.sizeOfLog();
            if (control(
                            "start",
                            "-w",
                            "-t",
                            "60",
                            "-o",
                            "-p " + port + OPTIONS,
                            "-l",
                            folder.log().toString())
                    == 0) {
                return OptionalInt.of(port);
            }
            if (!folder.endOfLog(before).contains("could not bind")) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    private void initialize() throws IOException, InterruptedException {
        folder.removeData();
        int exit = run(
                "initdb",
                "-D",
                folder.data().toString(),
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "-N");
        if (exit != 0) {
            // Before version 17 there is no such provider.
            folder.removeData();
            exit = run("initdb", "-D", folder.data().toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N");
        }
        if (exit != 0) {
            throw new IOException("initdb ended with " + exit + ":\n" + folder.endOfLog(0));
        }
        Files.writeString(folder.complete(), "");
    }

    /** Stops it; what is connected is cut off. */
    void stop() throws IOException, InterruptedException {
        if (folder.port().isPresent()) {
            control("stop", "-m", "fast", "-w", "-t", "30");
        }
    }

    private int control(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-D", folder.data().toString()));
        all.addAll(List.of(arguments));
        return run("pg_ctl", all.toArray(String[]::new));
    }

    private int run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .start()
                .waitFor();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(LOCAL))) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(LOCAL))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
