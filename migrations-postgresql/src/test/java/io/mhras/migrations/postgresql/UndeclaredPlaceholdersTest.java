package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Adopt;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.engine.UndeclaredPlaceholders;
import io.mhras.migrations.source.MigrationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Placeholders that have no value. */
class UndeclaredPlaceholdersTest extends PostgresTest {

    private static final String IN_A_STRING = "CREATE TABLE a (n text DEFAULT '${owner}');\n";

    @TempDir
    private Path folder;

    private Migrator migrator(UndeclaredPlaceholders undeclared, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        MigrationLoader loader = new MigrationLoader(
                List.of("filesystem:" + folder),
                DatabaseKind.POSTGRESQL,
                Map.of("known", "b"),
                getClass().getClassLoader());
        return new Migrator(new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT), loader::load)
                .with(new MigratorSettings(OutOfOrder.FAIL, false, undeclared, Adopt.ASK));
    }

    private List<String> notes(UndeclaredPlaceholders undeclared, String text) throws IOException {
        return migrator(undeclared, "001_a.sql", text).migrate(Target.HEAD).notes().stream()
                .map(note -> note.replace("filesystem:" + folder + "/", ""))
                .toList();
    }

    @Test
    void oneIsNamedWithFileAndLineAndLeftAsItIs() throws IOException {
        assertThat(notes(UndeclaredPlaceholders.WARN, "CREATE TABLE ${known} ();\n" + IN_A_STRING))
                .containsExactly("001_a.sql:2:33: ${owner} has no value and is left as it is; the setting"
                        + " 'mhras.migrations.placeholders.owner' gives it one.");
        assertThat(column("SELECT column_default FROM information_schema.columns WHERE table_name = 'a'"))
                .containsExactly("'${owner}'::text");
        assertThat(exists("b")).isTrue();
    }

    @Test
    void whatIsInABodyOrACommentIsNotOurs() throws IOException {
        assertThat(notes(UndeclaredPlaceholders.ERROR, """
                        -- ${one} and /* ${two} */
                        CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $f$ BEGIN RETURN '${three}'; END $f$;
                        /* ${four} */
                        DO $$ BEGIN PERFORM '${five}'; END $$;
                        """)).isEmpty();
    }

    @Test
    void itCanBeAnErrorBeforeAnythingRuns() throws IOException {
        migrator(UndeclaredPlaceholders.ERROR, "001_a.sql", "CREATE TABLE b ();");
        Migrator migrator = migrator(
                UndeclaredPlaceholders.ERROR,
                "002_b.sql",
                IN_A_STRING + "COMMENT ON TABLE a IS '${x} ${flyway:user}';");

        MigrationException failure = failure(migrator);

        assertThat(failure)
                .isInstanceOf(InvalidMigration.class)
                .hasMessage(
                        "filesystem:" + folder.resolve("002_b.sql") + ":1:33: ${owner} has no value, and neither have 2"
                                + " others.\n\nWhat to do: Give it one with the setting 'mhras.migrations.placeholders.owner'. If it is meant as it"
                                + " stands, set 'mhras.migrations.undeclared-placeholders' to 'warn' or 'ignore'.");
        assertThat(failure.location())
                .isEqualTo(new SourceLocation("filesystem:" + folder.resolve("002_b.sql"), 1, 33));
        assertThat(exists("b")).isFalse();
    }

    @Test
    void itCanBeIgnored() throws IOException {
        assertThat(notes(UndeclaredPlaceholders.IGNORE, IN_A_STRING)).isEmpty();
    }

    @Test
    void whatWasAppliedIsNotLookedAtAgain() throws IOException {
        notes(UndeclaredPlaceholders.WARN, IN_A_STRING);

        assertThat(notes(UndeclaredPlaceholders.ERROR, IN_A_STRING)).isEmpty();
    }

    @Test
    void ofManyTheFirstAreNamed() throws IOException {
        String text = "SELECT '${a}', '${b}', '${c}', '${d}';\n".repeat(3);

        assertThat(notes(UndeclaredPlaceholders.WARN, text))
                .hasSize(11)
                .startsWith(
                        "001_a.sql:1:9: ${a} has no value and is left as it is; the setting 'mhras.migrations.placeholders.a' gives it"
                                + " one.")
                .endsWith("2 more placeholders have no value.");
    }

    @Test
    void theServersErrorAboutOneOfFlywaysNamesIt() throws IOException {
        Migrator migrator =
                migrator(UndeclaredPlaceholders.WARN, "001_a.sql", "create table ${flyway:defaultSchema}.t(a int);\n");

        assertThat(migrator.plan(Target.HEAD).notes())
                .containsExactly(
                        "filesystem:" + folder.resolve("001_a.sql") + ":1:14: ${flyway:defaultSchema} has no value"
                                + " and is left as it is; the setting 'mhras.migrations.placeholders.[flyway:defaultSchema]' gives it one.");
        assertThat(failure(migrator))
                .hasMessageContaining("syntax error at or near \"$\"")
                .hasMessageEndingWith("What to do: Give ${flyway:defaultSchema} a value with the setting"
                        + " 'mhras.migrations.placeholders.[flyway:defaultSchema]', or write it out. Correct the script and start again: it"
                        + " runs from its beginning.");
    }

    @Test
    void anEmptyScriptIsAppliedAndTakenBackByDoingNothing() throws IOException {
        Migrator migrator = migrator(UndeclaredPlaceholders.WARN, "001_a.sql", "");

        assertThat(migrator.migrate(Target.HEAD).events()).hasSize(1);
        assertThat(migrator.rollback(Target.BASE).events()).hasSize(1);
        assertThat(column("SELECT event FROM migration_history ORDER BY id")).containsExactly("APPLIED", "ROLLED_BACK");
    }
}
