package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.TestMongo;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** SIGTERM while a service migrates: in a process of its own, as an orchestrator ends it. */
class ShutdownTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());

    @TempDir
    private Path folder;

    private @Nullable Process started;

    @AfterEach
    void kill() {
        process().destroyForcibly();
    }

    private Process process() {
        return Objects.requireNonNull(started, "Nothing was started");
    }

    private void start(String... settings) throws IOException {
        String[] all = Stream.concat(
                        Stream.of("--mhras.migrations.locations=filesystem:" + folder), Stream.of(settings))
                .toArray(String[]::new);
        started = ServiceProcess.start(entry -> true, folder.resolve("output.txt"), database, all);
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void threeFiles(int seconds) throws IOException {
        file("001_a.sql", "CREATE TABLE a (id int);");
        file("002_slow.sql", "CREATE TABLE b (id int); SELECT pg_sleep(" + seconds + ");");
        file("003_c.sql", "CREATE TABLE c (id int);");
    }

    private boolean runs(String text) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE ?",
                Boolean.class,
                "%" + text + "%"));
    }

    private void await(BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            assertThat(process().isAlive()).as(output()).isTrue();
            Thread.sleep(50);
        }
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }

    /** What it says until it has ended, without having listened. */
    private String terminate() throws Exception {
        process().destroy();
        assertThat(process().waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
        String output = output();
        assertThat(process().exitValue()).as(output).isNotZero();
        assertThat(output).doesNotContain("Tomcat started");
        return output;
    }

    @Test
    void theMigrationAtHandIsFinishedAndNoOtherBegins() throws Exception {
        threeFiles(4);
        start();
        await(() -> runs("pg_sleep"));

        assertThat(terminate())
                .contains(
                        "What runs is finished, or cancelled after 10 s",
                        "The migrations of postgresql were stopped: 2 of 3 done (001_a.sql, 002_slow.sql). Not begun:"
                                + " 003_c.sql.",
                        "Start again: it goes on where it stopped.");
        assertThat(TestService.applied(database)).containsExactly("001", "002");
        assertThat(TestService.hasTable(database, "c")).isFalse();
    }

    @Test
    void itIsCancelledAndRolledBackIfThatIsSet() throws Exception {
        threeFiles(600);
        start("--mhras.migrations.on-shutdown=cancel");
        await(() -> runs("pg_sleep"));

        assertThat(terminate())
                .contains(
                        "What runs is cancelled",
                        "The migrations of postgresql were stopped: 1 of 3 done (001_a.sql). Not begun: 003_c.sql.",
                        "canceling statement due to user request");
        assertThat(TestService.applied(database)).containsExactly("001");
        assertThat(TestService.hasTable(database, "b")).isFalse();
        assertThat(jdbc.queryForList("SELECT version FROM migration_history WHERE event = 'FAILED'", String.class))
                .containsExactly("002");
        assertThat(runs("pg_sleep")).isFalse();
    }

    @Test
    void whatIsNotFinishedInTimeIsCancelled() throws Exception {
        threeFiles(600);
        start();
        await(() -> runs("pg_sleep"));

        assertThat(terminate())
                .contains("is not finished after", "and is cancelled", "1 of 3 done (001_a.sql)")
                .contains("canceling statement due to user request");
        assertThat(TestService.applied(database)).containsExactly("001");
    }

    @Test
    void aFileInPartsIsLeftBetweenTwoOfThem() throws Exception {
        file("001_a.sql", "CREATE TABLE a (id int);");
        file(
                "002_parts.sql",
                "CREATE INDEX CONCURRENTLY i ON a (id);\nSELECT pg_sleep(3);\n"
                        + "CREATE INDEX CONCURRENTLY j ON a (id);\nSELECT pg_sleep(600);\n");
        start();
        await(() -> runs("pg_sleep(3)"));

        assertThat(terminate())
                .contains(
                        "were stopped: 1 of 2 done (001_a.sql).",
                        "002_parts.sql was stopped between two of its parts; what is done stays.");
        assertThat(TestService.hasTable(database, "i")).isTrue();
        assertThat(TestService.hasTable(database, "j")).isFalse();
    }

    @Test
    void aWaitForAnotherInstanceEnds() throws Exception {
        file("001_a.sql", "CREATE TABLE a (id int); SELECT pg_sleep(600);");
        start();
        await(() -> runs("pg_sleep"));
        Process first = process();
        try {
            start();
            await(() -> {
                try {
                    return output().contains("Waiting for the migration lock");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(terminate())
                    .contains(
                            "The migrations of postgresql were stopped before the first of them began.",
                            "The wait for the migration lock was interrupted; nothing was done.");
        } finally {
            first.destroyForcibly();
        }
    }

    @Test
    void mongoDbStopsBetweenTwoStatementsAndGoesOnThere() throws Exception {
        file("001_many.js", "for (let i = 0; i < 400; i++) { db.log.insertOne({_id: i}); sleep(20); }");
        file("002_later.js", "db.later.insertOne({_id: 1});");
        try (TestMongo mongo = TestMongo.newDatabase()) {
            String uri = "--mhras.migrations.mongodb.uri=" + mongo.databaseUrl();
            start(uri);
            await(() -> mongo.database().getCollection("log").countDocuments() > 5);

            assertThat(terminate())
                    .contains(
                            "The migrations of mongodb were stopped: 0 of 2 done. Not begun: 002_later.js.",
                            "001_many.js was interrupted");
            long done = mongo.database().getCollection("log").countDocuments();
            assertThat(done).isBetween(6L, 399L);
            assertThat(mongo.database().getCollection("later").countDocuments()).isZero();

            start(uri, "--mhras.migrations.mode=apply-and-exit");
            assertThat(process().waitFor()).as(output()).isZero();
            assertThat(mongo.database().getCollection("log").countDocuments()).isEqualTo(400);
            assertThat(mongo.database().getCollection("later").countDocuments()).isEqualTo(1);
        }
    }
}
