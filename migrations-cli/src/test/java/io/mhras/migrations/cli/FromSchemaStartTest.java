package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which schema a new migration begins with, and what is refused. */
class FromSchemaStartTest extends CommandTest {

    @TempDir
    Path elsewhere;

    private Path schema;

    @BeforeEach
    void write() throws IOException {
        writeThree();
        schema = elsewhere.resolve("schema.sql");
        Files.writeString(schema, """
                CREATE TABLE patients (patient_id BIGINT PRIMARY KEY, name TEXT, consent BOOLEAN, notes TEXT);
                CREATE TABLE visits (visit_id BIGINT PRIMARY KEY);
                """);
    }

    private CommandRun newLive(String... more) {
        String[] all = {"new", "x", "--from-schema", schema.toString(), "--live"};
        String[] arguments = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, arguments, all.length, more.length);
        return run(arguments);
    }

    @Test
    void theDatabaseMayBeTheStart() throws IOException {
        write("R_names.sql", "CREATE OR REPLACE VIEW names AS SELECT name FROM patients;");
        Files.writeString(schema, Files.readString(schema) + "CREATE VIEW names AS SELECT name FROM patients;");
        done("apply", "--force", "--quiet");
        new JdbcTemplate(database.dataSource()).execute("ALTER TABLE patients ADD COLUMN notes varchar(10)");

        CommandRun run = newLive();

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(Files.readString(folder.resolve("004_x.sql")))
                .contains("ALTER TABLE patients ALTER COLUMN notes TYPE text")
                .doesNotContain("ADD COLUMN");
        assertThat(done("diff", database.url(), database.url()).out()).startsWith("No difference");
    }

    @Test
    void aDatabaseBehindTheFilesIsNoStart() {
        done("apply", "002", "--force", "--quiet");

        CommandRun run = newLive();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "is behind the files: 003 is not applied there, so that a new file would have in it what an older"
                                + " one does already.")
                .contains("Bring it to the head first, with 'migrations apply'");
        assertThat(run("check", "--from-schema", schema.toString(), "--live").err())
                .contains("003 is not applied there");
        assertThat(folder.resolve("004_x.sql")).doesNotExist();
    }

    @Test
    void withoutAServerThereIsNoScratchDatabase() {
        CommandRun run = CommandRun.of(
                Map.of("MIGRATION_PATH", folder.toString()), "new", "x", "--from-schema", schema.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("There is no server for scratch databases.")
                .contains("Name one with --on URL, or let one be started for this with --embedded;");
    }

    @Test
    void aCheckWritesNoFiles() {
        assertThat(run("check", "--from-schema", schema.toString(), "--save-case", "x")
                        .err())
                .contains("--save-case is for 'migrations new': a check writes no files.");
    }

    @Test
    void whatIsDroppedIsSaidToBeGoneForGood() throws IOException {
        Files.writeString(schema, "CREATE TABLE patients (patient_id BIGINT PRIMARY KEY, name TEXT, consent BOOLEAN);");

        CommandRun run = run("new", "x", "--from-schema", schema.toString(), "--drop", "all");

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(Files.readString(folder.resolve("004_x.down.sql"))).startsWith("""
                -- Takes back 004_x.sql.
                -- IRREVERSIBLE: that deletes the data of table visits, and this does not bring them back.

                CREATE TABLE visits (
                """);
    }

    @Test
    void aRenameIsInOneOfSeveralFiles() throws IOException {
        Files.writeString(schema, """
                CREATE TABLE patients (patient_id BIGINT PRIMARY KEY, family_name TEXT, consent BOOLEAN);
                CREATE INDEX patients_name_idx ON patients (family_name);
                CREATE TABLE visits (visit_id BIGINT PRIMARY KEY);
                """);

        CommandRun run = run("new", "x", "--from-schema", schema.toString(), "--rename", "patients.name=family_name");

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(folder.resolve("004_x.down.sql")).content().contains("RENAME COLUMN family_name TO name;");
        assertThat(folder.resolve("005_x.sql")).content().contains("CREATE INDEX CONCURRENTLY patients_name_idx");
        assertThat(folder.resolve("005_x.down.sql")).content().doesNotContain("RENAME");
        done("apply", "--force", "--quiet");
        done("rollback", "003", "--force", "--quiet");
    }
}
