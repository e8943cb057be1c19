package io.mhras.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.testing.TestMongo;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The executable jar, started as a user starts it. */
final class PackagedSampleIT {

    private static final Pattern EMBEDDED =
            Pattern.compile("No database is configured \\(SPRING_DATASOURCE_URL\\), so an embedded PostgreSQL 18 for"
                    + " trying out was started at (jdbc:\\S+); its data is gone when this process ends");

    @TempDir
    private Path folder;

    @Test
    void withoutADatabaseItBringsItsOwnAndTakesItAwayAgain() throws Exception {
        String url;
        try (SampleProcess sample = SampleProcess.start(folder)) {
            String address = sample.address();
            url = embeddedUrl(sample.output());
            DriverManager.getConnection(url).close();
            RestTestClient.bindToServer()
                    .baseUrl(address)
                    .build()
                    .get()
                    .uri("/actuator/migrations")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.databases.postgresql.state")
                    .isEqualTo("UP_TO_DATE");
            assertThat(sample.output()).doesNotContain("WARN", "ERROR", "zonky");

            sample.stop();

            assertThat(sample.output()).doesNotContain("WARN", "ERROR", "zonky");
        }

        assertThatThrownBy(() -> DriverManager.getConnection(url).close()).isInstanceOf(SQLException.class);
        // The unpacked server stays for the next start.
        assertThat(files(folder)).containsExactlyInAnyOrder("embedded-pg", "output.txt");
        assertThat(files(folder.resolve("embedded-pg")))
                .singleElement()
                .asString()
                .startsWith("PG-");
    }

    @Test
    void withADatabaseItUsesThat() throws Exception {
        try (TestDatabase database = TestServer.newDatabase();
                SampleProcess sample = SampleProcess.start(folder, "--spring.datasource.url=" + database.url())) {
            sample.address();

            assertThat(sample.output()).doesNotContain("embedded");
            assertThat(DatabaseObjects.of(database)).containsAll(SampleSystem.MHRAS.expectedObjects());
        }
    }

    @Test
    void asAnInitContainerItAppliesAndEnds() throws Exception {
        try (TestDatabase database = TestServer.newDatabase();
                SampleProcess sample = SampleProcess.start(
                        folder,
                        "--spring.datasource.url=" + database.url(),
                        "--logging.level.io.mhras.migrations.source=debug",
                        "--mhras.migrations.mode=apply-and-exit")) {
            assertThat(sample.exitCode()).isZero();

            assertThat(sample.output())
                    .contains("mhras-migrations.index knows all files")
                    .doesNotContain("Tomcat", "WARN", "ERROR");
            assertThat(DatabaseObjects.of(database)).containsAll(SampleSystem.MHRAS.expectedObjects());
        }
    }

    @Test
    void theJavaScriptEngineRunsInTheJarThoughNoHomeCanBeWritten() throws Exception {
        Path home = Files.writeString(folder.resolve("home"), "a file, where folders cannot be made");
        try (TestDatabase database = TestServer.newDatabase();
                TestMongo mongo = TestMongo.newDatabase();
                SampleProcess sample = SampleProcess.start(
                        folder,
                        List.of("-Duser.home=" + home),
                        "--spring.datasource.url=" + database.url(),
                        "--spring.mongodb.uri=" + mongo.databaseUrl(),
                        "--logging.level.io.mhras.migrations.source=debug",
                        "--spring.profiles.active=compliance",
                        "--mhras.migrations.mode=apply-and-exit")) {
            assertThat(sample.exitCode()).as(sample.output()).isZero();

            // One index for both databases' files, asked for each of them.
            assertThat(sample.output())
                    .containsPattern(
                            "(?s)mhras-migrations.index knows all files.*mhras-migrations.index knows all files")
                    .doesNotContain(" WARN ", " ERROR ");
            assertThat(mongo.database().getCollection("workflow_definitions").countDocuments())
                    .isEqualTo(1);
        }
    }

    @Test
    void aWrongPasswordIsSaidAndIsNotShown() throws Exception {
        Path access = Files.writeString(folder.resolve("pg_hba.conf"), """
                host all postgres 127.0.0.1/32 trust
                host all postgres ::1/128      trust
                host all all      127.0.0.1/32 scram-sha-256
                host all all      ::1/128      scram-sha-256
                """);
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("hba_file", access.toString())
                .start()) {
            new TestDatabase(
                            "postgres",
                            server.getJdbcUrl("postgres", "postgres"),
                            server.getJdbcUrl("postgres", "postgres"))
                    .run("CREATE ROLE clinic LOGIN PASSWORD 'right'");

            try (SampleProcess sample = SampleProcess.start(
                    folder,
                    "--spring.datasource.url=jdbc:postgresql://localhost:" + server.getPort() + "/postgres",
                    "--spring.datasource.username=clinic",
                    "--spring.datasource.password=no-such-secret")) {
                assertThat(sample.exitCode()).isEqualTo(1);

                assertThat(sample.output())
                        .contains(
                                "APPLICATION FAILED TO START",
                                "There is no connection to PostgreSQL: password authentication failed for user \"clinic\"",
                                "Check the user name and the password.")
                        .doesNotContain("no-such-secret");
            }
        }
    }

    @Test
    void aDatabaseThatIsDownIsSaid() throws Exception {
        int port = freePort();
        try (SampleProcess sample = SampleProcess.start(
                folder,
                "--spring.datasource.url=jdbc:postgresql://localhost:" + port + "/clinic",
                "--spring.datasource.username=clinic",
                "--spring.datasource.password=no-such-secret")) {
            assertThat(sample.exitCode()).isEqualTo(1);

            assertThat(sample.output())
                    .contains(
                            "APPLICATION FAILED TO START",
                            "There is no connection to PostgreSQL: Connection to localhost:" + port + " refused.",
                            "Check that the server runs, and that host, port and database of the URL are right.")
                    .doesNotContain("no-such-secret");
        }
    }

    private static String embeddedUrl(String output) {
        Matcher line = EMBEDDED.matcher(output);
        assertThat(line.find()).as(output).isTrue();
        return line.group(1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Stream<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
