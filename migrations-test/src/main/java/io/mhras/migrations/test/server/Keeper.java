package io.mhras.migrations.test.server;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A process that starts the server and stops it when no other process uses it any more, however they ended: it waits for
 * the lock that each of them holds. It knows nothing but the JDK, so that it is small.
 *
 * <p>Arguments: the server's folder, that of its binaries, its port or 0, and what stands before its commands. It writes one
 * line: {@code started <port>}, {@code found <port>}, {@code kept} where there is a keeper already, {@code taken <why>} or
 * {@code failed <why>}.
 */
public final class Keeper {

    static final String STARTED = "started";
    static final String FOUND = "found";
    static final String KEPT = "kept";
    static final String TAKEN = "taken";
    static final String FAILED = "failed";

    /** Freed when this process is gone, and not before the server is. */
    private static final List<FileLock> held = new ArrayList<>();

    private Keeper() {}

    @SuppressWarnings("resource") // See above.
    public static void main(String[] arguments) {
        ServerFolder folder = new ServerFolder(Path.of(arguments[0]));
        List<String> prefix = List.of(arguments).subList(3, arguments.length);
        PostgresProcess server = new PostgresProcess(folder, Path.of(arguments[1]), prefix);
        try {
            FileLock only = FileChannel.open(folder.keeper(), CREATE, WRITE).tryLock();
            if (only == null) {
                say(KEPT, "");
                return;
            }
            held.add(only);
            // A keeper that was killed has left it running.
            OptionalInt running = folder.port();
            int port = running.isPresent() ? running.getAsInt() : server.start(Integer.parseInt(arguments[2]));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            say(running.isPresent() ? FOUND : STARTED, String.valueOf(port));
            held.add(FileChannel.open(folder.users(), CREATE, WRITE).lock());
        } catch (PostgresProcess.PortTaken e) {
            say(TAKEN, String.valueOf(e.getMessage()));
        } catch (IOException | InterruptedException e) {
            say(FAILED, e.toString());
        }
    }

    private static void stop(PostgresProcess server) {
        try {
            server.stop();
        } catch (IOException | InterruptedException e) {
            // Nobody is there to be told; the next keeper finds it.
        }
    }

    private static void say(String what, String more) {
        System.out.println((what + " " + more).strip().replace("\n", "\\n"));
        System.out.close();
    }
}
