package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.autoconfigure.clinic.ClinicApplication;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service in a process of its own, which has ended.
 *
 * @param exitCode what the shell saw
 * @param output what it printed
 */
record ServiceProcess(int exitCode, String output) {

    /** Runs a service to its end, with those entries of our own class path. */
    static ServiceProcess run(Predicate<Path> classPath, TestDatabase database, String... settings)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("service", ".txt");
        Process process = start(classPath, output, database, settings);
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
            return new ServiceProcess(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    /** Starts one, which prints into this file. */
    static Process start(Predicate<Path> classPath, Path output, TestDatabase database, String... settings)
            throws IOException {
        return builder(classPath, TestService.arguments(database, settings))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static ProcessBuilder builder(Predicate<Path> classPath, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Stream.concat(
                        Stream.of(
                                java, "-XX:TieredStopAtLevel=1", ClinicApplication.class.getName(), "--server.port=0"),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        String ours = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String theirs = Stream.of(ours.split(File.pathSeparator, -1))
                .filter(entry -> classPath.test(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
        builder.environment().put("CLASSPATH", theirs);
        return builder;
    }
}
