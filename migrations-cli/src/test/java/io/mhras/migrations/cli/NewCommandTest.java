package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code new} and {@code merge} write, and what they refuse. */
class NewCommandTest extends CommandTest {

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private void isRefused(CommandRun run, String... texts) {
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(texts).contains("What to do:");
    }

    @Test
    void theNextFilesAreNamedOnStandardOutput() throws IOException {
        writeThree();

        CommandRun run = done("new", "Add user e-mail");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .containsExactly(
                        folder.resolve("004_add_user_e_mail.sql").toString(),
                        folder.resolve("004_add_user_e_mail.down.sql").toString());
        assertThat(done("new", "next", "--quiet").out()).isEmpty();
        assertThat(done("new", "another", "--format", "json")
                        .json()
                        .get("files")
                        .get(0)
                        .asString())
                .endsWith("006_another.sql");
    }

    @Test
    void whatNobodyHasWrittenFailsAndWhatIsWrittenRuns() throws IOException {
        writeThree();
        done("new", "add email");

        CommandRun unwritten = run("apply");
        assertThat(unwritten.code()).isEqualTo(1);
        assertThat(unwritten.err())
                .contains("004_add_email.sql failed; nothing of it was kept.", "ERROR: Write the change here.");
        write("004_add_email.sql", "ALTER TABLE patients ADD COLUMN email TEXT;\n");
        done("apply");

        CommandRun back = run("rollback", "-1");
        assertThat(back.code()).isEqualTo(1);
        assertThat(back.err()).contains("Write here what takes it back; if nothing does, delete this file.");
        write("004_add_email.down.sql", "ALTER TABLE patients DROP COLUMN email;\n");
        done("rollback", "-1");
        assertThat(done("current").out()).startsWith("003;");
    }

    @Test
    void whereEachMigrationHasAFolderANewOneGetsOne() throws IOException {
        write("2024-01-02-030405_create_patients/up.sql", CREATE_PATIENTS);
        write("2024-01-02-030405_create_patients/down.sql", "DROP TABLE patients;\n");

        assertThat(done("new", "add email", "--version", "20240103000000").out().lines())
                .containsExactly(
                        folder.resolve("2024-01-03-000000_add_email/up.sql").toString(),
                        folder.resolve("2024-01-03-000000_add_email/down.sql").toString());
        write("2024-01-03-000000_add_email/up.sql", "ALTER TABLE patients ADD COLUMN email TEXT;\n");
        write("2024-01-03-000000_add_email/down.sql", "ALTER TABLE patients DROP COLUMN email;\n");
        done("apply");
        assertThat(done("history", "--events", "--format", "json").out())
                .contains("2024-01-02-030405_create_patients/up.sql", "2024-01-03-000000_add_email/up.sql");
        assertThat(done("script", "base:head").out()).contains("2024-01-03-000000_add_email/up.sql");
        done("rollback", "base");
        assertThat(tables()).containsOnly("migration_history");
    }

    @Test
    void alembicsFormsAreUnderstood() throws IOException {
        writeThree();

        done("revision", "-m", "add_new_column");
        done("revision", "-m", "add_index", "--rev-id", "7");
        done("create", "several", "words", "without", "quotes");

        assertThat(folder.resolve("004_add_new_column.sql")).exists();
        assertThat(folder.resolve("007_add_index.sql")).exists();
        assertThat(folder.resolve("008_several_words_without_quotes.sql")).exists();
        isRefused(
                run("revision", "--autogenerate", "-m", "add_user_table"),
                "There are no models here that a migration could be generated from.",
                "Give the wanted schema as SQL, with --from-schema schema.sql; or leave out --autogenerate, and write the change into the file that you get.");
        isRefused(run("revision", "-m", "one", "two"), "The words are given twice: 'one' and 'two'.");
    }

    @Test
    void itSaysWhatIsMissingOrCannotBe() throws IOException {
        writeThree();

        isRefused(run("new"), "It is not said what the migration does.", "migrations new \"add user email\"");
        isRefused(run("new", "x", "--version", "002"), "There is a migration 002 already: filesystem:" + folder);
        isRefused(run("new", "x", "--version", "abc"), "'abc' is not a version.", "for example 004 or 1.2");
        isRefused(run("new", "x", "--version", "9", "--timestamp"), "exclude each other");
        isRefused(run("new", "x", "--requires", "009"), "There is no migration 009.", "001, 002, 003");
        isRefused(
                run("new", "x", "--db-type", "all"), "A file is for one kind of database.", "--db-type mongodb (.js)");
        isRefused(run("new", "x", "-l", "classpath:db/migration"), "classpath:db/migration");
    }

    @Test
    void aFileThatIsThereIsLeftAsItIs() throws IOException {
        write("001_a.sql", "SELECT 1;\n");
        Files.createDirectories(folder.resolve("002_b.down.sql"));

        isRefused(run("new", "b"), "There is a file " + folder.resolve("002_b.down.sql") + " already");
        assertThat(folder.resolve("002_b.sql")).doesNotExist();
    }

    @Test
    void theFirstFileMakesItsFolder() {
        Path made = folder.resolve("db/migration");

        CommandRun run = CommandRun.of(Map.of(), "new", "create patients", "-l", made.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).isEqualTo("Made the folder " + made + ".\n");
        assertThat(made.resolve("001_create_patients.sql")).exists();
        assertThat(made.resolve("001_create_patients.down.sql")).exists();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        write("occupied", "");

        isRefused(
                CommandRun.of(
                        Map.of(), "new", "x", "-l", folder.resolve("occupied").toString()),
                folder.resolve("occupied").toString());
    }

    @Test
    void mongoDbsFilesGoIntoItsFolderAndAreJavaScript() throws IOException {
        write("postgresql/002_a.sql", "SELECT 1;\n");
        Files.createDirectories(folder.resolve("mongodb"));

        done("new", "add users", "--db-type", "mongodb");
        done("new", "add users");

        assertThat(text("mongodb/001_add_users.js")).startsWith("// add users\n");
        assertThat(text("postgresql/003_add_users.sql")).startsWith("-- add users\n");
    }

    @Test
    void aRepeatableHasNoVersion() throws IOException {
        writeThree();

        assertThat(done("new", "active patients", "--repeatable").out()).endsWith("/R_active_patients.sql\n");

        assertThat(text("R_active_patients.sql")).contains("-- Runs again whenever this file changes");
        isRefused(
                run("new", "active patients", "--repeatable"),
                "There is a repeatable migration 'active_patients' already");
    }

    @Test
    void aTimestampIsInUtcAndBehindTheNumbers() throws IOException {
        writeThree();

        assertThat(done("new", "x", "--timestamp").out()).containsPattern("/20\\d{12}_x\\.sql\n");
        assertThat(done("heads").out()).matches("20\\d{12} \\(head\\), x\n");
    }

    @Test
    void aVersionBeforeTheNewestIsWrittenWithAWarning() throws IOException {
        writeThree();

        assertThat(done("new", "late", "--version", "002.5").err())
                .isEqualTo("note: 002.5 comes before 003. A database that has 003 refuses it as out of order.\n");
    }

    @Test
    void severalHeadsWantAChoice() throws IOException {
        writeThree();
        write("004_other.sql", "-- migrate:requires 002\nSELECT 1;\n");

        isRefused(
                run("new", "x"),
                "There are 2 heads, 003, 004",
                "Join them first with 'migrations merge'; or say it with --requires 004.");
        done("new", "x", "--requires", "003");
        assertThat(text("005_x.sql")).contains("-- migrate:requires 003\n");
    }

    @Test
    void aMergeJoinsTheHeadsAndRunsBothWays() throws IOException {
        writeThree();
        write("004_other.sql", "-- migrate:requires 002\nSELECT 1;\n");
        write("004_other.down.sql", "SELECT 1;\n");

        CommandRun run = done("merge");

        assertThat(run.out()).contains("005_merge_003_and_004.sql");
        assertThat(text("005_merge_003_and_004.sql")).contains("-- migrate:requires 003, 004\n");
        assertThat(done("heads").out()).startsWith("005 (head) (mergepoint), merge 003 and 004");
        done("apply");
        done("rollback", "-1");
        assertThat(done("current").out().lines()).hasSize(2);
    }

    @Test
    void aMergeOfNamedHeadsOnly() throws IOException {
        writeThree();
        write("004_b.sql", "-- migrate:requires 001\nSELECT 1;\n");
        write("005_c.sql", "-- migrate:requires 001\nSELECT 1;\n");

        isRefused(run("merge", "002", "004"), "002 is not a head: 003 builds on it.", "The heads are 003, 004, 005.");
        isRefused(run("merge", "004"), "One head alone cannot be merged.");
        done("merge", "-m", "merge branches", "003", "004");

        assertThat(text("006_merge_branches.sql")).contains("-- migrate:requires 003, 004\n");
        assertThat(done("heads").out().lines()).hasSize(2);
    }

    @Test
    void oneHeadNeedsNoMerge() throws IOException {
        writeThree();

        CommandRun run = done("merge", "heads");

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("There is one head, 003: nothing to merge.\n");
    }
}
