package io.mhras.migrations.test.server;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.test.server.Binaries.Platform;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The server that is kept in a build's folder, one for all processes that run its tests.
 *
 * <p>Whoever needs it first starts it, by way of a {@link Keeper}, which stops it when the last one is gone. Its data stay.
 */
final class EmbeddedServer {

    private static final Map<Path, DatabaseServer> running = new HashMap<>();

    /** That this process uses its servers: held until it ends, and so never out of reach of the garbage collector. */
    private static final List<FileLock> inUse = new ArrayList<>();

    private final ServerFolder folder;
    private final Binaries binaries;
    private final List<String> prefix;
    private final int port;

    private EmbeddedServer(ServerFolder folder, Binaries binaries, List<String> prefix, int port) {
        this.folder = folder;
        this.binaries = binaries;
        this.prefix = prefix;
        this.port = port;
    }

    /** The server for the tests of this class's build. */
    static synchronized DatabaseServer of(Class<?> test, TestSettings settings, ClassLoader classLoader) {
        Path build = settings.folder() == null ? BuildFolder.of(test) : Path.of(settings.folder());
        Binaries binaries = Binaries.find(settings, classLoader, Platform.current());
        Path path = build.toAbsolutePath().normalize().resolve("migrations-test/postgresql-" + binaries.version());
        return running.computeIfAbsent(path, key -> start(key, binaries, settings.port()));
    }

    private static DatabaseServer start(Path path, Binaries binaries, int port) {
        List<String> prefix = Binaries.prefix(System.getProperty("user.name"), LinuxUtils.isUnshareAvailable());
        try {
            Files.createDirectories(path);
            return new EmbeddedServer(new ServerFolder(path), binaries, prefix, port).use();
        } catch (IOException e) {
            throw new DatabaseUnavailable(
                    "The embedded PostgreSQL in " + path + " cannot be used: " + e,
                    "See that the folder can be written to, or name another one with '" + TestSettings.PREFIX
                            + "folder'.",
                    e);
        }
    }

    @SuppressWarnings("resource") // See above.
    private DatabaseServer use() throws IOException {
        try (FileChannel channel = FileChannel.open(folder.starting(), CREATE, WRITE);
                FileLock alone = channel.lock()) {
            Objects.requireNonNull(alone);
            try {
                inUse.add(FileChannel.open(folder.users(), CREATE, READ, WRITE).lock(0, Long.MAX_VALUE, true));
            } catch (OverlappingFileLockException e) {
                // Another class loader of this process uses it, too.
            }
            String[] answer = askKeeper().split(" ", 2);
            switch (answer[0]) {
                case Keeper.TAKEN -> throw portTaken(answer[1]);
                case Keeper.FAILED -> throw new IOException(answer[1].replace("\\n", "\n"));
                default -> {
                    // It runs.
                }
            }
            int actual = folder.port().orElseThrow(() -> new IOException("it ended after its start"));
            DatabaseServer server = server(actual);
            if (answer[0].equals(Keeper.STARTED)) {
                Leftovers.drop(server);
            }
            return server;
        }
    }

    private static DatabaseServer server(int port) {
        return new DatabaseServer("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", null, true);
    }

    private Refused portTaken(String problem) {
        return new Refused(
                "The embedded PostgreSQL cannot start: " + problem + ".",
                "End that program, or set '" + TestSettings.PREFIX + "port' to another one; without it, a free port is"
                        + " taken.");
    }

    /** Where there is one already, it says so and ends. */
    private String askKeeper() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-Xss256k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Keeper.class.getName(),
                folder.path().toString(),
                binaries.folder().toString(),
                String.valueOf(port)));
        command.addAll(prefix);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .directory(new File(System.getProperty("java.io.tmpdir")));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process keeper = builder.start();
        try (BufferedReader out = keeper.inputReader(StandardCharsets.UTF_8)) {
            @Nullable String line = out.readLine();
            if (line == null) {
                throw new IOException("the process that starts it ended:\n" + folder.endOfLog(0));
            }
            return line;
        }
    }

    private static String classPath() throws IOException {
        try {
            return Path.of(Keeper.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
