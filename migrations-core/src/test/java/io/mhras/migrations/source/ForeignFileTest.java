package io.mhras.migrations.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Flyway finds among its migrations, and what must not be left out silently. */
class ForeignFileTest {

    @TempDir
    Path path;

    private MigrationFolder folder;

    @BeforeEach
    void begin() {
        folder = new MigrationFolder(path).with("V1__a.sql", "SELECT 1;");
    }

    private String error(String file) {
        return folder.with(file, "").errorText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "afterMigrate.sql",
                "beforeMigrate.sql",
                "beforeEachMigrate.sql",
                "afterEachMigrate.sql",
                "afterMigrateError.sql",
                "afterMigrate__grants.sql",
                "createSchema.sql",
            })
    void aCallbackDoesNotRunHereYet(String file) {
        String name = file.replaceFirst("\\W.*|__.*", "");

        assertThat(error(file))
                .isEqualTo(file + ": '" + file + "' is a callback of Flyway's, and callbacks do not run here yet.\n\n"
                        + "What to do: Move the file out of the folder. What may run whenever its text changes can be a"
                        + " repeatable, for example R_" + name + ".sql.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V2__b.class", "V2_1__b.class", "V2__b$Rows.class", "R__views.class", "V2__b.java"})
    void aMigrationInJavaDoesNotRunHereYet(String file) {
        String script = file.replaceFirst("\\W.*", ".sql");

        assertThat(error(file))
                .isEqualTo(file + ": '" + file + "' is a migration in Java, and those do not run here yet.\n\n"
                        + "What to do: Write what it does as a script, " + script
                        + "; or move the class out of the package, and let the service run it.");
    }

    @Test
    void itIsRefusedWhereThereIsNothingElse(@TempDir Path other) {
        assertThat(new MigrationFolder(other).with("V1__a.class", "").errorText())
                .startsWith("V1__a.class: 'V1__a.class' is a migration in Java");
    }

    @Test
    void otherClassesAndFilesAreNotLookedAt() {
        folder.with("Views.class", "")
                .with("afterMigrate.sh", "")
                .with("baseline.md", "")
                .with("application.conf", "x=y");

        assertThat(folder.load().migrations()).hasSize(1);
    }

    @Test
    void settingsOfOneScriptThatHoldAnywayDoNoHarm() {
        folder.with("V1__a.sql.conf", "# Flyway\nexecuteInTransaction=false\nencoding = UTF-8\n");

        assertThat(folder.load().migrations()).hasSize(1);
    }

    @Test
    void aSettingOfOneScriptIsNotLeftOutSilently() {
        folder.with("V1__a.sql.conf", "executeInTransaction=false\nshouldExecute=${run}\n");

        assertThat(folder.errorText())
                .isEqualTo(
                        "V1__a.sql.conf:2:1: 'shouldExecute' is a setting for one script of Flyway's, and is not read"
                                + " here.\n\nWhat to do: Take the line out, and see to it that the script is right without it."
                                + " Options stand in a script's header, for example 'migrate:transaction none'.");
    }
}
