package io.mhras.migrations.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** The real mongosh: {@code -Dmongosh=<file>}, or what npm put into {@code target/mongosh}. */
public final class Mongosh {

    private static final Path PROGRAM = Path.of(
                    System.getProperty("mongosh", "target/mongosh/node_modules/.bin/mongosh"))
            .toAbsolutePath();

    private Mongosh() {}

    /**
     * How a script ended.
     *
     * @param failed whether mongosh says so
     * @param output what the script printed
     */
    public record Outcome(boolean failed, String output) {}

    /** Skips the test where there is no mongosh, and fails it where one was named. */
    public static void assume() {
        boolean isThere = Files.isExecutable(PROGRAM);
        if (!isThere && System.getProperty("mongosh") != null) {
            throw new AssertionError("there is no mongosh at " + PROGRAM);
        }
        Assumptions.assumeTrue(
                isThere,
                "there is no mongosh at " + PROGRAM + "; npm install --prefix target/mongosh mongosh@2 gets it");
    }

    /** Runs a script, in its own folder. */
    public static Outcome run(String server, String database, Path script) throws IOException, InterruptedException {
        String url = server.replaceFirst("(mongodb://[^/]+/)", "$1" + database);
        Process process = new ProcessBuilder(PROGRAM.toString(), "--quiet", url, script.toString())
                .directory(Objects.requireNonNull(script.getParent()).toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor() != 0, withoutWarnings(output));
    }

    /** That something is deprecated, which mongosh prints between a script's own lines. */
    private static String withoutWarnings(String output) {
        return output.lines()
                .filter(line -> !line.contains("Warning: ") && !line.startsWith("See https://"))
                .collect(Collectors.joining("\n"));
    }
}
