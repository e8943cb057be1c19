package io.mhras.migrations.schema.scratch;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.text.SettingNames;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The programs {@code initdb} and {@code postgres} of this machine, and how they are run: PostgreSQL refuses to run as
 * root, so that root runs them in a user namespace, where it is somebody else.
 */
record ServerPrograms(Path folder, List<String> prefix) {

    private static final List<String> SOMEBODY_ELSE = List.of("unshare", "-U");

    /**
     * Finds them.
     *
     * @param given their folder, or the one above it; null for the {@code PATH}
     * @throws Refused if they are not there, or cannot be run by this user
     */
    static ServerPrograms find(@Nullable Path given) {
        List<Path> folders = given == null ? path() : List.of(given, given.resolve("bin"));
        Path folder = folders.stream()
                .filter(one -> executable(one, "initdb") != null && executable(one, "postgres") != null)
                .findFirst()
                .orElseThrow(() -> notFound(given));
        return new ServerPrograms(folder, isRoot() ? asSomebodyElse() : List.of());
    }

    private static Refused notFound(@Nullable Path given) {
        return new Refused(
                "No server can be started: there is no initdb with postgres "
                        + (given == null ? "on the PATH" : "in " + given) + ".",
                "Install PostgreSQL's server, and name the folder of its programs with "
                        + SettingNames.quoted("scratch.server-dir")
                        + ": on Debian and Ubuntu that is /usr/lib/postgresql/VERSION/bin. Nothing is downloaded for you.");
    }

    private static List<Path> path() {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .toList();
    }

    private static @Nullable Path executable(Path folder, String program) {
        return Stream.of(program, program + ".exe")
                .map(folder::resolve)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static boolean isRoot() {
        return Files.exists(Path.of("/proc/self")) && "root".equals(System.getProperty("user.name"));
    }

    private static List<String> asSomebodyElse() {
        List<String> attempt = new ArrayList<>(SOMEBODY_ELSE);
        attempt.add("true");
        try {
            Process process = new ProcessBuilder(attempt)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return SOMEBODY_ELSE;
            }
        } catch (IOException e) {
            // There is no such program; the refusal says what to do instead.
            System.getLogger(ServerPrograms.class.getName()).log(System.Logger.Level.DEBUG, "unshare", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Refused(
                "No server can be started: PostgreSQL does not run as root, and this machine lets root be nobody else"
                        + " (unshare -U).",
                "Start this as another user, or name a PostgreSQL server with " + SettingNames.quoted("scratch.on")
                        + ".");
    }

    /** The command that runs one of them. */
    ProcessBuilder command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(String.valueOf(executable(folder, program)));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
