package io.mhras.migrations.test.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The folder in which a server is kept between test runs: its data, its log, and the locks of those who use it.
 *
 * <p>The operating system frees the lock of a process that dies, however it does. So nobody has to count users.
 */
record ServerFolder(Path path) {

    private static final int PORT_LINE = 3;

    /** Held while somebody looks whether the server runs, and starts it if not. */
    Path starting() {
        return path.resolve("starting.lock");
    }

    /** Held, shared, by each process whose tests use the server; and by nobody else, by the keeper that stops it. */
    Path users() {
        return path.resolve("users.lock");
    }

    /** Held by the keeper as long as it lives. */
    Path keeper() {
        return path.resolve("keeper.lock");
    }

    Path data() {
        return path.resolve("data");
    }

    Path log() {
        return path.resolve("server.log");
    }

    /** There once the data directory was made to its end. */
    Path complete() {
        return path.resolve("data.complete");
    }

    /** The port of the server that runs here; empty if none does. */
    OptionalInt port() {
        try {
            List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
            boolean isAlive = lines.size() > PORT_LINE
                    && ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                            .filter(ProcessHandle::isAlive)
                            .isPresent();
            return isAlive
                    ? OptionalInt.of(Integer.parseInt(lines.get(PORT_LINE).strip()))
                    : OptionalInt.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** What the server wrote last, for a message. */
    String endOfLog(long from) {
        try {
            byte[] all = Files.readAllBytes(log());
            String fresh = new String(
                    all,
                    (int) Math.min(from, all.length),
                    all.length - (int) Math.min(from, all.length),
                    java.nio.charset.StandardCharsets.UTF_8);
            List<String> lines = fresh.lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    long sizeOfLog() {
        try {
            return Files.size(log());
        } catch (IOException e) {
            return 0;
        }
    }

    /** Removes the data directory, whatever state it is in. */
    void removeData() throws IOException {
        Files.deleteIfExists(complete());
        removeAll(data());
    }

    static void removeAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
