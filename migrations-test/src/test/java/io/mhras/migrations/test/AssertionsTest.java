package io.mhras.migrations.test;

import static io.mhras.migrations.test.MigrationAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.schema.report.LockMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MigratedDatabase
class AssertionsTest {

    @Test
    void allCanBeTakenBack(Migrations migrations) {
        assertThat(migrations).areReversible();
    }

    @Test
    void whatADownScriptLeavesIsNamed() {
        assertThatThrownBy(() ->
                        assertThat(Migrations.in("classpath:db/irreversible")).areReversible())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The migrations in classpath:db/irreversible are not reversible")
                .hasMessageContaining("002 mood: after its down script the schema is not what it was before")
                .hasMessageContaining("+ enum public.mood");
    }

    @Test
    void aMissingDownScriptIsNamed() {
        assertThatThrownBy(() -> assertThat(Migrations.in("classpath:db/noway")).areReversible())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("001 a: there is no down script beside classpath:db/noway/001_a.sql");
    }

    @Test
    void whatTheyMakeIsComparedWithTheFileBesideThem(@TempDir Path folder) throws Exception {
        Path migration = Files.writeString(folder.resolve("001_a.sql"), "CREATE TABLE a (id bigint PRIMARY KEY);");
        String location = "filesystem:" + folder;

        assertThatThrownBy(() -> assertThat(Migrations.in(location)).matchSnapshot())
                .hasMessageContaining("There is no expected-schema.txt in " + location)
                .hasMessageContaining("-Dmhras.test.update-snapshot=true");

        System.setProperty("mhras.test.update-snapshot", "true");
        try {
            assertThat(Migrations.in(location)).matchSnapshot();
        } finally {
            System.clearProperty("mhras.test.update-snapshot");
        }
        assertThat(Migrations.in(location)).matchSnapshot();

        Files.writeString(migration, "CREATE TABLE a (id bigint PRIMARY KEY, name text NOT NULL);");
        assertThatThrownBy(() -> assertThat(Migrations.in(location)).matchSnapshot())
                .hasMessageContaining("The migrations make another schema than expected-schema.txt")
                .hasMessageContaining("name");
    }

    @Test
    void aMigrationForTablesInUseIsSeenToBeOne() {
        try (Migrations migrations = Migrations.in("classpath:db/hot")) {
            assertThat(migrations.migration("002"))
                    .rewritesNothing()
                    .locks("patients")
                    .atMost(LockMode.SHARE_UPDATE_EXCLUSIVE);
        }
    }

    @Test
    void whatATypeChangeDoesIsNamedWithItsStatement() {
        try (Migrations migrations = Migrations.in("classpath:db/hot")) {
            MeasuredMigration wider = migrations.migration("003");

            assertThatThrownBy(() -> assertThat(wider).rewritesNothing())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(
                            "Migration 003 wider writes anew [table public.patients], at classpath:db/hot/003_wider.sql:1:1")
                    .hasMessageContaining("ALTER TABLE patients ALTER COLUMN age TYPE bigint");
            assertThatThrownBy(() -> assertThat(wider).locks("public.patients").atMost(LockMode.SHARE_ROW_EXCLUSIVE))
                    .hasMessageContaining("takes the lock ACCESS EXCLUSIVE on table public.patients")
                    .hasMessageContaining("which is more than SHARE ROW EXCLUSIVE");
            assertThatThrownBy(() -> assertThat(wider).locks("patients").none()).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void aMigrationThatIsNotThereIsNamed(Migrations migrations) {
        assertThatThrownBy(() -> migrations.migration("017")).hasMessageContaining("There is no migration 017.");
    }
}
