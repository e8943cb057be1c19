package io.mhras.migrations.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.MigrationSet;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with nothing in them that could run. */
class EmptyScriptTest {

    @TempDir
    Path path;

    private MigrationFolder folder;

    @BeforeEach
    void begin() {
        folder = new MigrationFolder(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n\t\r\n",
                "\uFEFF",
                "-- nothing",
                "/* nothing\n */",
                "-- migrate:lock-timeout 1s",
                "-- migrate:up\n\n-- migrate:down\n"
            })
    void anUpScriptWithoutAStatementDoesNothingAndIsNamed(String text) {
        MigrationSet set = folder.with("001_x.sql", text).load();

        assertThat(set.migrations()).hasSize(1);
        assertThat(set.notes()).containsExactly("001_x.sql has no statement in it: it does nothing.");
    }

    @Test
    void soDoesOneOfMongoDb() {
        MigrationSet set = folder.with("001_x.js", "// nothing\n")
                .with("002_y.js", "")
                .loader(DatabaseKind.MONGODB, Map.of())
                .load();

        assertThat(set.notes())
                .containsExactly(
                        "001_x.js has no statement in it: it does nothing.",
                        "002_y.js has no statement in it: it does nothing.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "-- Rows stay as they are."})
    void aDownScriptWithoutAStatementIsNoWayBack(String text) {
        MigrationSet set = folder.with("001_x.sql", "SELECT 1;")
                .with("001_x.down.sql", text)
                .load();

        assertThat(set.migrations())
                .singleElement()
                .satisfies(migration -> assertThat(migration.down()).isNull());
        assertThat(set.notes())
                .containsExactly("001_x.down.sql has no statement in it: there is no way back from 001.");
    }

    @Test
    void whatDoesNothingIsTakenBackByDoingNothing() {
        folder.with("001_x.sql", "").with("001_x.down.sql", "").with("002_y.sql", "-- later");

        assertThat(folder.load("001").down()).extracting(MigrationBody::name).isEqualTo("001_x.down.sql");
        assertThat(folder.load("002").down()).extracting(MigrationBody::name).isEqualTo("002_y.sql");
    }

    @Test
    void aMergeIsMeantToDoNothing() {
        folder.with("001_a.sql", "SELECT 1;").with("002_b.sql", "-- migrate:requires 001\n");

        assertThat(folder.load().notes()).isEmpty();
    }

    @Test
    void anEmptyCheckIsAnError() {
        folder.with("001_x.sql", "SELECT 1;").with("001_x.verify.sql", "\n");

        assertThat(folder.errorText())
                .isEqualTo("001_x.verify.sql: the file is empty.\n\n"
                        + "What to do: Write a SELECT that returns true if the migration worked, or remove the file.");
    }
}
