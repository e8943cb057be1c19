package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file with settings, and what wins over it. */
class SettingsTest extends CommandTest {

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("conf/migrations.properties");
    }

    private CommandRun withSettings(Map<String, String> environment, String text, String... arguments)
            throws IOException {
        write(
                "conf/migrations.properties",
                text.replace("<url>", database.url()).replace("<folder>", folder.toString()));
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = file.toString();
        return CommandRun.of(environment, all);
    }

    @Test
    void everythingCanStandInTheFile() throws IOException {
        writeThree();
        write("004_greet.sql", "CREATE TABLE ${greeting} (id INT);\n");

        CommandRun run = withSettings(Map.of(), """
                mhras.migrations.locations=filesystem:<folder>
                mhras.migrations.target=004
                mhras.migrations.out-of-order=apply
                mhras.migrations.placeholders.greeting=hello
                mhras.migrations.postgresql.url=<url>
                mhras.migrations.postgresql.schema=clinic
                mhras.migrations.postgresql.table=changes
                mhras.migrations.postgresql.lock-timeout=3s
                mhras.migrations.postgresql.statement-timeout=1m
                mhras.migrations.postgresql.retry.limit=0
                mhras.migrations.postgresql.retry.first-pause=1s
                mhras.migrations.postgresql.retry.longest-pause=2s
                mhras.migrations.postgresql.other-instance-timeout=5s
                # What belongs to a service is no matter of ours.
                mhras.migrations.enabled=true
                mhras.migrations.mode=validate
                spring.application.name=clinic
                """, "apply");

        assertThat(run.err()).contains("applied 004 greet");
        database.run("SELECT FROM clinic.changes, clinic.hello");
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
        writeThree();
        String text = "mhras.migrations.postgresql.url=<url>\nmhras.migrations.postgresql.table=of_file\n"
                + "mhras.migrations.target=001\n";
        Map<String, String> files = Map.of("MIGRATION_PATH", folder.toString());
        Map<String, String> table =
                Map.of("MIGRATION_PATH", folder.toString(), "MHRAS_MIGRATIONS_POSTGRESQL_TABLE", "of_environment");

        assertThat(withSettings(files, text, "apply").code()).isZero();
        assertThat(tables()).contains("of_file").doesNotContain("visits");
        assertThat(withSettings(table, text, "stamp", "head").code()).isZero();
        assertThat(withSettings(table, text, "stamp", "head", "--table", "of_line")
                        .code())
                .isZero();
        assertThat(tables()).contains("of_file", "of_environment", "of_line");

        Map<String, String> elsewhere =
                Map.of("MIGRATION_PATH", folder.toString(), "DATABASE_URL", "postgresql://nobody@localhost:1/nowhere");
        assertThat(withSettings(elsewhere, text, "status").err()).contains("localhost:1");
        assertThat(withSettings(elsewhere, text, "status", "--url", database.url())
                        .code())
                .isZero();
    }

    @Test
    void anUnknownSettingSuggestsTheNearest() throws IOException {
        assertUnknown("mhras.migrations.locatoins", "Did you mean mhras.migrations.locations?");
        assertUnknown("mhras.migrations.postgresql.lock_timeout", "mhras.migrations.postgresql.lock-timeout?");
        assertUnknown("mhras.migrations.postgresql.lockTimeout", "mhras.migrations.postgresql.lock-timeout?");
        assertUnknown("postgresql.url", "Did you mean mhras.migrations.postgresql.url?");
        assertUnknown("colour", "The settings are ");
    }

    private void assertUnknown(String key, String suggestion) throws IOException {
        CommandRun run = withSettings(environment(), key + "=x\n", "status");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .startsWith(file + ": there is no setting '" + key + "'.")
                .contains(suggestion);
    }

    @Test
    void aWrongValueIsNamedWithItsPlace() throws IOException {
        writeThree();
        CommandRun inFile = withSettings(environment(), "mhras.migrations.postgresql.lock-timeout=soon\n", "status");
        assertThat(inFile.code()).isEqualTo(2);
        assertThat(inFile.err())
                .startsWith(file + ": mhras.migrations.postgresql.lock-timeout cannot be 'soon'.")
                .contains("500ms");

        Map<String, String> environment = Map.of(
                "DATABASE_URL", database.url(),
                "MIGRATION_PATH", folder.toString(),
                "MHRAS_MIGRATIONS_OUTOFORDER", "maybe");
        assertThat(CommandRun.of(environment, "apply").err())
                .startsWith("The environment's MHRAS_MIGRATIONS_OUTOFORDER cannot be 'maybe'.");
    }

    @Test
    void secretsOfTheFileCanComeFromTheEnvironment() throws IOException {
        writeThree();
        Map<String, String> environment = Map.of("MIGRATION_PATH", folder.toString(), "CLINIC_DB", database.url());

        assertThat(withSettings(environment, "mhras.migrations.postgresql.url=${CLINIC_DB}\n", "status")
                        .code())
                .isZero();
        assertThat(withSettings(environment, "mhras.migrations.postgresql.url=${OTHER:<url>}\n", "status")
                        .code())
                .isZero();
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        CommandRun run = run("status", "--config", file.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(file.toString(), "--config");
    }

    @Test
    void cleanCanBeForbidden() throws IOException {
        writeThree();
        done("apply");

        CommandRun run = withSettings(
                environment(), "mhras.migrations.clean-enabled=false\n", "clean", "--force", database.name());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("Nothing was dropped: clean is not enabled.");
        assertThat(tables()).contains("patients");

        CommandRun unclear =
                withSettings(environment(), "mhras.migrations.clean-enabled=no\n", "clean", "--force", database.name());
        assertThat(unclear.code()).isEqualTo(2);
        assertThat(unclear.err()).contains("clean-enabled cannot be 'no'.", "Write true or false.");
        assertThat(tables()).contains("patients");
    }

    @Test
    void whatTheFileSaysOfLateFilesHoldsForValidateToo() throws IOException {
        writeThree();
        done("apply");
        write("002.5_late.sql", "CREATE TABLE late (id INT);\n");

        CommandRun run = withSettings(environment(), "mhras.migrations.out-of-order=apply\n", "validate");

        assertThat(run.err())
                .contains("The schema is not at the head.", "apply 002.5 late")
                .doesNotContain("out-of-order");
    }
}
