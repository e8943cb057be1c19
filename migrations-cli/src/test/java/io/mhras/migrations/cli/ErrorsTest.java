package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.cli.options.PropertyNames;
import io.mhras.migrations.testing.ClosedPort;
import io.mhras.migrations.testing.RejectingServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is reported when something is wrong, and with which exit code the command ends. */
class ErrorsTest extends CommandTest {

    private static final String SECRET = "Tr0ub4dor";

    private static void isUsage(CommandRun run, String... texts) {
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(texts);
    }

    @Test
    void anUnknownVerbSuggestsTheNearest() {
        isUsage(run("statsu"), "There is no verb 'statsu'.", "Did you mean status?");
        isUsage(run("rol"), "Did you mean rollback?");
        isUsage(run("re"), "Did you mean rehearse, repair");
        isUsage(run("frobnicate"), "There is no verb 'frobnicate'.", "'migrations --help' lists them.");
    }

    @Test
    void anUnknownOptionSuggestsTheNearest() {
        isUsage(run("apply", "--dry-rum"), "Unknown option: '--dry-rum'", "--dry-run", "'migrations apply --help'");
        isUsage(run("apply", "--lock-timeout", "soon"), "'soon' is not a time. Write for example 500ms, 5s or 2m.");
        isUsage(run("status", "--format", "xml"), "--format", "xml");
    }

    @Test
    void whatOtherToolsCallAnOptionSuggestsOurs() {
        isUsage(run("apply", "--database-url", "postgresql://db/clinic"), "--database-url", "Use --url.");
        isUsage(run("apply", "--dir=db"), "Use --locations.");
        isUsage(run("apply", "-y"), "Use --force.");
        isUsage(run("status", "--json"), "Use --format json.");
    }

    @Test
    void anUnknownVerbIsUnknownAlsoWhereHelpIsAsked() {
        isUsage(run("nosuchverb", "--help"), "There is no verb 'nosuchverb'.", "'migrations --help' lists them.");
        isUsage(run("statsu", "-h"), "Did you mean status?");
        isUsage(run("--help", "nosuchverb"), "There is no verb 'nosuchverb'.");
        assertThat(run("status", "--help").code()).isZero();
        assertThat(run("--help").code()).isZero();
        assertThat(run().code()).isZero();
    }

    @Test
    void theHintNamesTheFileOfVariables() {
        isUsage(CommandRun.of(Map.of(), "status", "--db-type", "mongodb"), "MONGODB_URL", ".env", "--env-file");
        isUsage(CommandRun.of(Map.of(), "status", "--db-type", "postgresql"), "DATABASE_URL", ".env", "--env-file");
    }

    @Test
    void hintsNameOptions() {
        Map<String, String> options = new HashMap<>();
        for (String verb : List.of("apply", "status")) {
            options.put(verb, run(verb, "--help").out());
        }
        for (String key : List.of(
                "postgresql.url",
                "postgresql.username",
                "postgresql.password",
                "postgresql.schema",
                "postgresql.table",
                "postgresql.lock-timeout",
                "postgresql.statement-timeout",
                "postgresql.retry.limit",
                "postgresql.other-instance-timeout",
                "mongodb.uri",
                "mongodb.database",
                "mongodb.collection",
                "mongodb.other-instance-timeout",
                "locations",
                "target",
                "out-of-order",
                "placeholders.name")) {
            String option = new PropertyNames().nameOf(key);
            assertThat(option).as(key).startsWith("--");
            assertThat(options.get("apply"))
                    .contains(option.replaceFirst(" .*", "") + (option.contains(" ") ? "=" : ""));
        }
        assertThat(new PropertyNames().nameOf("mongodb.lease")).isEqualTo("mhras.migrations.mongodb.lease");
    }

    @Test
    void aMessageOfTheEngineNamesTheOption() throws IOException {
        writeThree();
        done("apply");
        write("002.5_late.sql", "SELECT 1;\n");

        assertThat(run("apply").err()).contains("'--out-of-order' to 'apply'").doesNotContain("mhras.migrations.");
    }

    @Test
    void anUnknownVersionSuggestsTheNearest() throws IOException {
        List<String> versions = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            versions.add(String.format("%03d", i * 10));
            write(versions.get(i - 1) + "_step.sql", "SELECT 1;\n");
        }

        isUsage(run("apply", "055"), "There is no migration 055.", "The nearest are 040, 050, 060, 070.");
        isUsage(run("apply", "next"), "'next' is not a target.", "Use head, base, +n");
    }

    @Test
    void anAmbiguousVersionListsTheCandidates() throws IOException {
        write("20251030_1530_create_patients.sql", CREATE_PATIENTS);
        write("20251031_0900_add_consent.sql", "SELECT 1;\n");

        isUsage(run("apply", "202510"), "'202510' is ambiguous.", "20251030_1530, 20251031_0900");
        assertThat(done("apply", "20251030").err()).contains("create patients");
    }

    @Test
    void withoutADatabaseItSaysHowToGiveOne() throws IOException {
        writeThree();

        isUsage(
                CommandRun.of(Map.of("MIGRATION_PATH", folder.toString()), "status"),
                "No database is given.",
                "What to do:",
                "--url postgresql://user@host:5432/database",
                "DATABASE_URL");
    }

    @Test
    void withoutFilesItSaysWhereToPutThem() {
        Map<String, String> noFolder = Map.of("DATABASE_URL", database.url());
        String missing = folder.resolve("nowhere").toString();

        isUsage(CommandRun.of(noFolder, "status"), "There is no folder", "--locations", "migrations new");
        isUsage(CommandRun.of(noFolder, "status", "-l", missing), "There is no folder " + missing, "MIGRATION_PATH");
        isUsage(run("status"), "There are no migration files (.sql) in " + folder, "migrations new");
        isUsage(run("status", "-l", "classpath:db/migration"), "no jar is given", "src/main/resources/db/migration");
    }

    @Test
    void allIsWhatThereAreFilesFor() throws IOException {
        writeThree();

        isUsage(run("status", "--db-type", "mongodb"), "No MongoDB is given.");
        assertThat(done("apply", "--db-type", "all").out()).startsWith("postgresql: 3 done");
        assertThat(done("status", "--db-type", "postgresql").err()).isEmpty();
    }

    @Test
    void aDatabaseThatIsDownIsNamedWithoutThePassword() throws IOException {
        writeThree();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String url = "postgresql://ann:" + SECRET + "@localhost:" + port + "/clinic";

        for (String verb : List.of("status", "apply", "rollback", "validate", "history", "current", "lock", "clean")) {
            CommandRun run = CommandRun.of(environment(), verb, "--url", url);
            assertThat(run.code()).as(verb).isEqualTo(1);
            assertThat(run.err())
                    .contains("There is no connection to PostgreSQL", "localhost:" + port, "Check that the server runs")
                    .doesNotContain(SECRET);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void aWrongPasswordIsNotShown() throws IOException {
        writeThree();
        try (RejectingServer server = new RejectingServer()) {
            String url = "postgresql://clinic:" + SECRET + "@localhost:" + server.port() + "/clinic";

            CommandRun run = run("status", "--url", url, "--verbose");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .contains(
                            "password authentication failed for user \"clinic\"",
                            "Check the user name and the password.")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void aServerWithoutTlsIsNoReasonToAskForAPassword() throws IOException {
        writeThree();

        CommandRun run = CommandRun.typing("", environment(), "status", "--url", database.url() + "&sslmode=require");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("The server does not support SSL", "sslmode");
    }

    @Test
    void aPasswordFileIsRead() throws IOException {
        writeThree();
        Path file = folder.resolve("../secret-" + database.name()).normalize();
        Files.writeString(file, SECRET + "\n");
        try {
            assertThat(run("status", "--password-file", file.toString()).code()).isZero();
            isUsage(run("status", "--password-file", file + "x"), "The password file " + file + "x cannot be read");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void whereNobodySitsAPasswordCannotBeAskedFor() throws IOException {
        writeThree();

        isUsage(run("status", "--password"), "The password cannot be asked for", "--password-file");
    }

    @Test
    void aFailedScriptSaysWhere() throws IOException {
        write("001_create_patients.sql", "CREATE TABLE patients (\n    name TXT\n);\n");

        CommandRun run = run("apply");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(
                        "001_create_patients.sql failed; nothing of it was kept.",
                        "001_create_patients.sql:2:10",
                        "TXT");
    }

    @Test
    void aRefusedQuestionChangesNothing() throws IOException {
        writeThree();

        CommandRun no = CommandRun.typing("n\n", environment(), "apply");
        assertThat(no.code()).isEqualTo(3);
        assertThat(no.err()).contains("apply 001 create patients", "Apply 3? [y/N]", "Nothing was done.");
        assertThat(CommandRun.typing("", environment(), "apply").code()).isEqualTo(3);
        assertThat(tables()).isEmpty();

        assertThat(CommandRun.typing("y\n", environment(), "apply").code()).isZero();
        assertThat(CommandRun.typing("", environment(), "rollback", "--force").code())
                .isZero();
        assertThat(tables()).containsExactly("migration_history", "patients");
    }

    @Test
    void whoeverHoldsTheLockIsNamedWhenTheWaitRanOut() throws Exception {
        write("001_wait.sql", "SELECT pg_advisory_xact_lock(42);\n");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Connection inTheWay = database.dataSource().getConnection();
                Statement statement = inTheWay.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(42)");
            Future<CommandRun> first = other.submit(() -> run("apply", "--lock-timeout", "0"));
            while (!done("lock").out().contains("001_wait.sql")) {
                Thread.sleep(20);
            }

            CommandRun second = run("apply", "--wait", "200ms");

            assertThat(second.code()).isEqualTo(4);
            assertThat(second.err()).contains("the migration lock", "It is held by process", "001_wait.sql");
            assertThat(done("activity").out()).contains("001_wait.sql, statement 1 of 1", "waits for Lock advisory");
            assertThat(done("status").out()).contains("Running: 001_wait.sql");
            statement.execute("SELECT pg_advisory_unlock(42)");
            assertThat(first.get(30, TimeUnit.SECONDS).code()).isZero();
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void variablesOneByOneAreAnAddressToo() throws IOException {
        writeThree();
        URI address = URI.create(database.url().substring("jdbc:".length()));
        String user = address.getQuery().replaceFirst(".*user=([^&]*).*", "$1");
        for (String prefix : List.of("DB_", "PG")) {
            Map<String, String> environment = new HashMap<>(Map.of(
                    "MIGRATION_PATH",
                    folder.toString(),
                    prefix + "HOST",
                    address.getHost(),
                    prefix + "PORT",
                    Integer.toString(address.getPort()),
                    prefix + "USER",
                    user,
                    prefix.equals("DB_") ? "DB_NAME" : "PGDATABASE",
                    database.name()));
            if (address.getQuery().contains("password=")) {
                environment.put(prefix + "PASSWORD", address.getQuery().replaceFirst(".*password=([^&]*).*", "$1"));
            }
            CommandRun run = CommandRun.of(environment, "status");
            assertThat(run.code()).as(run.err()).isZero();
        }
        isUsage(
                CommandRun.of(Map.of("PGHOST", "/var/run/postgresql", "PGDATABASE", "clinic"), "lock"),
                "The host /var/run/postgresql is a Unix socket");
    }

    @Test
    void aServerThatIsNotUpIsTriedAgainForAsLongAsItIsSaid() throws IOException {
        write("001_a.sql", "SELECT 1;\n");
        try (ClosedPort port = ClosedPort.before("jdbc:postgresql://localhost:1/")) {
            String url = port.url() + "clinic";
            CommandRun once = CommandRun.of(Map.of(), "status", "--locations", folder.toString(), "--url", url);
            assertThat(once.code()).isEqualTo(1);
            assertThat(once.err())
                    .contains("'--connect-timeout' lets it be waited for")
                    .doesNotContain("Tried again");

            CommandRun again = CommandRun.of(
                    Map.of(), "status", "--locations", folder.toString(), "--url", url, "--connect-timeout", "1s");
            assertThat(again.code()).isEqualTo(1);
            assertThat(again.err()).contains("Tried again for 1 s.");
        }
        try (RejectingServer server = new RejectingServer()) {
            String url = "postgresql://clinic:x@localhost:" + server.port() + "/clinic";
            assertThat(CommandRun.of(Map.of(), "status", "--url", url, "--connect-timeout", "10m")
                            .err())
                    .contains("password authentication failed");
            assertThat(server.rejected()).isEqualTo(1);
        }
    }
}
