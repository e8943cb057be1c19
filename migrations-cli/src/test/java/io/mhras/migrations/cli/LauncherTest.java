package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that starts Java. In place of Java there is a script that prints how it was started. */
class LauncherTest {

    private static final Path SCRIPT = Path.of("src/main/scripts/migrations");

    @TempDir
    Path folder;

    private Path launcher;
    private Path cache;

    @BeforeEach
    void install() throws IOException {
        assumeFalse(System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows"));
        launcher = folder.resolve("bin/migrations");
        cache = folder.resolve("cache");
        Files.createDirectories(folder.resolve("bin"));
        Files.copy(SCRIPT, launcher);
        Files.writeString(folder.resolve("bin/migrations-cli.jar"), "");
    }

    /** A Java home of this version, whose Java prints its arguments and leaves classes behind as it is told to. */
    private Path javaHome(String version) throws IOException {
        Path home = folder.resolve("java " + version);
        Path java = home.resolve("bin/java");
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.writeString(java, """
                #!/bin/sh
                for argument; do
                    echo "$argument"
                    case $argument in
                        -XX:ArchiveClassesAtExit=*) echo classes >"${argument#*=}"; touch "${argument#*=}.done" ;;
                    esac
                done
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return home;
    }

    private record Result(int code, String text) {}

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("MIGRATIONS_CACHE", cache.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Result result(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), text);
    }

    private Result run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return result(start(environment, arguments));
    }

    private List<String> cached() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void argumentsReachJavaAsTheyAre() throws Exception {
        Map<String, String> java = Map.of("JAVA_HOME", javaHome("17.0.9").toString());

        Result run = run(java, "new", "add user email", "", "*");

        assertThat(run.text())
                .contains("-XX:TieredStopAtLevel=1\n", "-Xshare:auto\n", "-Xmx64m\n")
                .endsWith("-jar\n" + folder.toRealPath() + "/bin/migrations-cli.jar\nnew\nadd user email\n\n*\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "xx_YY.UTF-8", ""})
    void javaFindsFilesWithUmlautsWhateverTheLocale(String locale) throws Exception {
        Map<String, String> environment =
                Map.of("JAVA_HOME", javaHome("17.0.9").toString(), "LC_ALL", locale, "LC_CTYPE", "", "LANG", "");
        Files.writeString(folder.resolve("java 17.0.9/bin/java"), "#!/bin/sh\necho \"$LC_ALL\"\n");

        assertThat(run(environment, "status").text()).isEqualTo("C.UTF-8\n");
    }

    @Test
    void anotherLocaleStays() throws Exception {
        Map<String, String> environment =
                Map.of("JAVA_HOME", javaHome("17.0.9").toString(), "LC_ALL", "", "LANG", "C.utf8");
        Files.writeString(folder.resolve("java 17.0.9/bin/java"), "#!/bin/sh\necho \"$LC_ALL $LANG\"\n");

        assertThat(run(environment, "status").text()).isEqualTo(" C.utf8\n");
    }

    @Test
    void anOldJavaIsRefused() throws Exception {
        for (String version : List.of("11.0.2", "1.8.0_402", "16")) {
            Result run = run(Map.of("JAVA_HOME", javaHome(version).toString()), "status");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.text()).contains("is Java " + version + ", and 17 or newer is needed.", "Set JAVA_HOME");
        }
        for (String version : List.of("17", "21.0.1", "25-ea", "26.0.1+3")) {
            assertThat(run(Map.of("JAVA_HOME", javaHome(version).toString()), "status")
                            .code())
                    .isZero();
        }
    }

    @Test
    void withoutJavaItSaysWhatIsMissing() throws Exception {
        Path tools = folder.resolve("tools");
        Files.createDirectories(tools);
        for (String tool : List.of("dirname", "sh", "readlink")) {
            Path found = Stream.of("/usr/bin", "/bin")
                    .map(place -> Path.of(place, tool))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(tools.resolve(tool), found);
        }

        assertThat(run(Map.of("PATH", tools.toString()), "status").text()).startsWith("There is no Java in the PATH.");
        assertThat(run(Map.of("JAVA_HOME", folder.toString()), "status").text())
                .startsWith("JAVA_HOME is " + folder + ", and there is no Java in it.");
        Files.delete(folder.resolve("bin/migrations-cli.jar"));
        assertThat(run(Map.of(), "status").text()).contains("migrations-cli.jar.", "mvn package");
    }

    @Test
    void theFirstRunLeavesClassesBehindAndTheNextOnesUseThem() throws Exception {
        Map<String, String> java = Map.of("JAVA_HOME", javaHome("17.0.9").toString());

        assertThat(run(java, "--version").text()).doesNotContain("-XX:ArchiveClassesAtExit");
        assertThat(run(java, "status").text()).contains("-XX:ArchiveClassesAtExit=" + cache);
        assertThat(run(java, "status").text())
                .contains("-XX:SharedArchiveFile=" + cache)
                .doesNotContain("AtExit");
        assertThat(cached()).singleElement().asString().endsWith(".jsa");

        Map<String, String> newer = Map.of("JAVA_HOME", javaHome("25").toString());
        assertThat(run(newer, "status").text()).contains("-XX:ArchiveClassesAtExit=");
    }

    @Test
    void aNewJavaDoesNotWarnOfTheJavaScriptEngine() throws Exception {
        String quiet = "--sun-misc-unsafe-memory-access=allow";

        assertThat(run(Map.of("JAVA_HOME", javaHome("25").toString()), "status").text())
                .contains(quiet, "--enable-native-access=ALL-UNNAMED");
        assertThat(run(Map.of("JAVA_HOME", javaHome("17.0.9").toString()), "status")
                        .text())
                .doesNotContain(quiet, "--enable-native-access");
    }

    @Test
    void firstRunsAtTheSameTimeDoNotDisturbEachOther() throws Exception {
        Map<String, String> java = Map.of("JAVA_HOME", javaHome("17.0.9").toString());
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            processes.add(start(java, "status"));
        }
        for (Process process : processes) {
            assertThat(result(process).code()).isZero();
        }

        assertThat(run(java, "status").text()).contains("-XX:SharedArchiveFile=");
        assertThat(cached()).anyMatch(name -> name.endsWith(".jsa"));
    }

    @Test
    void whatARunThatFailedLeftBehindIsThrownAway() throws Exception {
        Map<String, String> java = Map.of("JAVA_HOME", javaHome("17.0.9").toString());
        run(java, "status");
        String made = cached().get(0);
        Files.delete(cache.resolve(made + ".done"));

        assertThat(run(java, "status").text()).contains("-XX:ArchiveClassesAtExit=");

        assertThat(Files.exists(cache.resolve(made))).isFalse();
    }

    @Test
    void aCacheThatCannotBeWrittenIsNoReasonToFail() throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(file, "");
        String java = javaHome("17.0.9").toString();

        for (String nowhere : List.of("none", file.toString(), "/proc/nowhere")) {
            Result run = run(Map.of("JAVA_HOME", java, "MIGRATIONS_CACHE", nowhere), "status");
            assertThat(run.code()).isZero();
            assertThat(run.text()).doesNotContain("-XX:ArchiveClassesAtExit", "-XX:SharedArchiveFile");
        }
    }

    @Test
    void aLinkToItWorksToo() throws Exception {
        Path link = folder.resolve("link");
        Files.createSymbolicLink(link, Path.of("bin/migrations"));
        launcher = link;

        assertThat(run(Map.of("JAVA_HOME", javaHome("17.0.9").toString()), "--version")
                        .text())
                .endsWith("--version\n");
    }
}
