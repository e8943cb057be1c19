package io.mhras.migrations.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that holds up and down, as other tools have it. */
class SectionMarkerTest {

    private static final String REFUSAL =
            "the way back begins here, but a file runs as a whole: the change would be undone at once.\n\n"
                    + "What to do: Take this line out, and move what follows it to ";

    @TempDir
    Path path;

    private MigrationFolder folder;

    @BeforeEach
    void begin() {
        folder = new MigrationFolder(path);
    }

    private String error(String text) {
        return folder.with("001_x.sql", text).errorText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- +goose Down",
                "  --  +goose  down  ",
                "-- +migrate Down",
                "-- +micrate Down",
                "-- +down",
                "-- migrate:down",
                "-- migrate:down transaction:false",
                "---- create above / drop below ----",
                "-- //@UNDO",
                "--//@UNDO",
                "-- @UNDO",
                "-- !Downs",
                "--- !Downs",
                "# --- !Downs",
                "# !Downs",
                "-- rambler down",
                "-- Down Migration",
                "-- DOWN migration (Rollback)",
                "-- ==== DOWN ====",
                "-- Down",
                "-- UNDO:",
                "-- down.sql --",
            })
    void aWayBackInTheSameFileIsRefused(String marker) {
        assertThat(error("INSERT INTO t VALUES ('x');\n\n" + marker + "\n\n-- and back\nDROP TABLE t;"))
                .startsWith("001_x.sql:3:")
                .endsWith(REFUSAL + "001_x.down.sql.");
        assertThat(folder.with("001_x.sql", marker + "\n\nDROP TABLE t;").errorText())
                .startsWith("001_x.sql:1:")
                .contains(REFUSAL);
    }

    @Test
    void dbmatesFileIsRefusedAtItsSecondHalf() {
        assertThat(error("-- migrate:up\ncreate table a(id int);\n\n-- migrate:down\ndrop table a;\n"))
                .isEqualTo("001_x.sql:4:3: " + REFUSAL + "001_x.down.sql.");
    }

    @Test
    void dbmatesFileWithoutAWayBackRunsAsItIs() {
        assertThat(folder.with("001_x.sql", "-- migrate:up\ncreate table a(id int);\n")
                        .load()
                        .migrations())
                .hasSize(1);
    }

    @Test
    void aMarkerWithNothingBehindItDoesNoHarm() {
        folder.with("001_x.sql", "CREATE TABLE t ();\n-- //@UNDO\n-- SQL to undo the change goes here.\n\n")
                .with("002_y.sql", "CREATE TABLE u ();\n-- ==== DOWN ====\n-- DROP TABLE u;\n");

        assertThat(folder.load().migrations()).hasSize(2);
    }

    @Test
    void playsLineAboveTheChangeIsNoCommentAndGoesToo() {
        assertThat(error("-- Users\n# --- !Ups\n\nCREATE TABLE t ();\n\n# --- !Downs\n\nDROP TABLE t;\n"))
                .isEqualTo("001_x.sql:6:2: the way back begins here, but a file runs as a whole: the change would be"
                        + " undone at once.\n\nWhat to do: Take line 2 and this line out, and move what follows it to"
                        + " 001_x.down.sql.");
    }

    @Test
    void aDownFileMayHaveItAsAHeading() {
        folder.with("001_x.sql", "CREATE TABLE t ();")
                .with("001_x.down.sql", "-- migrate:down\nDROP TABLE t;\n-- Down\nDROP TABLE u;");

        assertThat(folder.load("001").down()).isNotNull();
    }

    @Test
    void aDownFileWithBothHalvesIsRefused() {
        folder.with("001_x.sql", "CREATE TABLE t ();")
                .with("001_x.down.sql", "CREATE TABLE t ();\n-- +goose Down\nDROP TABLE t;");

        assertThat(folder.errorText())
                .isEqualTo("001_x.down.sql:2:3: the way back begins here, but a file runs as a whole: the change would"
                        + " be undone at once.\n\nWhat to do: Leave in this file only what takes the migration back.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- The way down is in 001_x.down.sql.",
                "-- down migration exists somewhere, so",
                "-- Break it down:",
                "-- shuts the scrambler down",
                "SELECT 5\n# 3;",
                "-- +goose StatementBegin",
            })
    void proseIsNone(String line) {
        assertThat(folder.with("001_x.sql", "SELECT 1;\n" + line + "\nSELECT 2;")
                        .load()
                        .migrations())
                .hasSize(1);
    }

    @Test
    void javascriptHasThemInItsOwnComments() {
        folder.with("001_x.js", "db.a.drop();\n// migrate:down\ndb.b.drop();");

        InvalidMigration error = Assertions.catchThrowableOfType(
                InvalidMigration.class,
                () -> folder.loader(DatabaseKind.MONGODB, Map.of()).load());

        assertThat(error.location()).isEqualTo(new SourceLocation(folder.location("001_x.js"), 2, 3));
        assertThat(error.remedy()).endsWith("001_x.down.js.");
    }
}
