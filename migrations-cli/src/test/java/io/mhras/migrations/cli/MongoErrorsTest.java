package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is reported when MongoDB cannot be reached as asked; never a secret. */
class MongoErrorsTest extends MongoCommandTest {

    private static final String SECRET = "Tr0ub4dor";
    private static final String SOON = "?serverSelectionTimeoutMS=200";

    @BeforeEach
    void files() throws IOException {
        writeTwoScripts();
    }

    private CommandRun runWith(String url, String... more) {
        String[] arguments = Stream.concat(Stream.of("status", "--url", url), Stream.of(more))
                .toArray(String[]::new);
        return CommandRun.of(Map.of("MIGRATION_PATH", folder.toString()), arguments);
    }

    private String withLogin(String login) {
        return mongo.databaseUrl().replaceFirst("//([^/]*@)?", "//" + login + "@");
    }

    @Test
    void whereThereIsNoServer() {
        CommandRun run = runWith("mongodb://localhost:1/clinic" + SOON);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo(
                        "There is no connection to MongoDB: localhost:1: Connection refused\n\nWhat to do: Check that the"
                                + " server runs, and that the hosts in the connection string are right. If it is only"
                                + " starting, the setting '--connect-timeout' lets it be waited for.\n");
    }

    @Test
    void whereTheServerDoesNotLetTheUserIn() {
        CommandRun run = runWith(withLogin("ann:" + SECRET), "--verbose");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("MongoDB does not let user 'ann' in", "Check the user name, the password")
                .doesNotContain(SECRET);
    }

    @Test
    void whereThePasswordIsMissing() throws IOException {
        CommandRun run = runWith(withLogin("ann"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("The password of the user of MongoDB is not given", "--password-file");

        Path file = folder.resolve("../secret-" + mongo.databaseName()).normalize();
        Files.writeString(file, SECRET + "\n");
        try {
            assertThat(runWith(withLogin("ann"), "--password-file", file.toString())
                            .err())
                    .contains("does not let user 'ann' in")
                    .doesNotContain(SECRET);
            assertThat(runWith(mongo.databaseUrl(), "-U", "bea", "--password-file", file.toString())
                            .err())
                    .contains("does not let user 'bea' in")
                    .doesNotContain(SECRET);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void whereNoDatabaseIsNamed() {
        CommandRun run = runWith(mongo.url());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "It is not said which database of MongoDB to migrate.",
                        "mongodb://host:27017/clinic",
                        "MONGODB_DB");
    }

    @Test
    void whereTheAddressIsNone() {
        for (String url : List.of(
                "mongodb://ann:p/" + SECRET + "@host/clinic", "mongodb://ann:" + SECRET + "@a@host/x", "mongodb://")) {
            CommandRun run = runWith(url);
            assertThat(run.code()).as(url).isEqualTo(2);
            assertThat(run.err())
                    .contains("is not an address of a MongoDB database.", "%40 for @")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void whereNoMongoDbIsGiven() {
        CommandRun run = CommandRun.of(Map.of("MIGRATION_PATH", folder.toString()), "status");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("No MongoDB is given.", "MONGODB_URL");
    }

    @Test
    void whereItsDriverIsMissing() throws IOException, InterruptedException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("mongodb-driver"))
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                MigrationsCommand.class.getName(),
                "status");
        builder.environment().putAll(environment());
        Process process = builder.redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("MongoDB cannot be reached: its driver is not on the class path.\n\nWhat to do: Use"
                        + " migrations-cli.jar, which has it;");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void settingsOfMongoDbCanStandInTheFile() throws IOException {
        Path file = folder.resolve("mongo.properties");
        Files.writeString(file, """
                mhras.migrations.mongodb.uri=%s
                mhras.migrations.mongodb.database=%s
                mhras.migrations.mongodb.collection=changes
                mhras.migrations.mongodb.lease=5s
                mhras.migrations.mongodb.other-instance-timeout=3s
                mhras.migrations.mongodb.script.timeout=1m
                mhras.migrations.mongodb.script.statements=100000000
                mhras.migrations.mongodb.script.memory=256MB
                """.formatted(mongo.url(), mongo.databaseName()));
        Map<String, String> files = Map.of("MIGRATION_PATH", folder.toString());

        CommandRun run = CommandRun.of(files, "apply", "--config", file.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(mongo.database().listCollectionNames()).contains("changes", "changes_lock", "patients");
        for (String wrong :
                List.of("lease=100ms", "script.statements=many", "script.memory=much", "script.timeout=soon")) {
            Files.writeString(file, "mhras.migrations.mongodb." + wrong + "\n");
            CommandRun refused = run("status", "--config", file.toString());
            assertThat(refused.code()).as(wrong).isEqualTo(2);
            assertThat(refused.err())
                    .startsWith(file + ": mhras.migrations.mongodb." + wrong.replaceFirst("=.*", " cannot be"));
        }
        Files.writeString(file, "mhras.migrations.mongodb.databse=x\n");
        assertThat(run("status", "--config", file.toString()).err())
                .contains("Did you mean mhras.migrations.mongodb.database");
    }
}
