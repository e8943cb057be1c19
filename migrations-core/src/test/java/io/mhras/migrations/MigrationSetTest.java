package io.mhras.migrations;

import static io.mhras.migrations.TestMigrations.plain;
import static io.mhras.migrations.TestMigrations.requiring;
import static io.mhras.migrations.TestMigrations.set;
import static io.mhras.migrations.TestMigrations.texts;
import static io.mhras.migrations.TestMigrations.withUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.MigrationException.InvalidMigration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationSetTest {

    private static final MigrationSet DIAMOND = set(
            plain("001"),
            requiring("002", "001"),
            requiring("003", "001"),
            requiring("004", "002", "003"),
            requiring("R_a", "R_b"),
            plain("R_b"));

    private static MigrationVersion version(String text) {
        return MigrationVersion.of(text);
    }

    private static List<String> order(List<Migration> migrations) {
        return migrations.stream()
                .map(migration -> migration.version().toString())
                .toList();
    }

    @Test
    void plainNumbersAreALine() {
        MigrationSet line = set(plain("10"), plain("R_x"), plain("9"), plain("001"));

        assertThat(order(line.migrations())).containsExactly("001", "9", "10", "R_x");
        assertThat(texts(line.requirements(version("10")))).containsExactly("9");
        assertThat(line.requirements(version("1"))).isEmpty();
        assertThat(line.requirements(version("R_x"))).isEmpty();
        assertThat(texts(line.heads())).containsExactly("10");
    }

    @Test
    void requirementsMakeAGraph() {
        assertThat(order(DIAMOND.migrations())).containsExactly("001", "002", "003", "004", "R_b", "R_a");
        assertThat(texts(DIAMOND.heads())).containsExactly("004");
        assertThat(order(DIAMOND.pathTo(version("003")))).containsExactly("001", "003");
        assertThat(order(DIAMOND.pathTo(version("4")))).containsExactly("001", "002", "003", "004");
        assertThat(DIAMOND.dependents(version("002"))).containsExactly(version("004"));
        assertThat(DIAMOND.dependents(version("001"))).containsExactly(version("002"), version("003"), version("004"));
    }

    @Test
    void openBranchesAreHeads() {
        MigrationSet branches = set(plain("001"), requiring("002", "001"), requiring("003", "001"));

        assertThat(texts(branches.heads())).containsExactly("002", "003");
    }

    @Test
    void aRequirementMayHaveAHigherVersion() {
        assertThat(order(set(requiring("001", "002"), requiring("002")).migrations()))
                .containsExactly("002", "001");
    }

    @Test
    void nothingIsAnEmptySet() {
        assertThat(set().migrations()).isEmpty();
        assertThat(set().heads()).isEmpty();
        assertThat(set().newest()).isEmpty();
        assertThat(set().fingerprint()).isEqualTo(Fingerprint.EMPTY.toString());
    }

    @Test
    void aMigrationIsFoundByItsNumberHoweverWritten() {
        assertThat(DIAMOND.find(version("1"))).isPresent();
        assertThat(DIAMOND.find(version("5"))).isEmpty();
        assertThat(DIAMOND.newest()).contains(version("004"));
    }

    @Test
    void twoMigrationsWithOneVersionAreNamed() {
        assertThatThrownBy(() -> set(plain("001"), plain("1")))
                .isInstanceOf(InvalidMigration.class)
                .hasMessage("two migrations have version 1: classpath:db/migration/001_thing.sql and"
                        + " classpath:db/migration/1_thing.sql.\n\nWhat to do: Give one of them another version.");
    }

    @Test
    void anUnknownRequirementIsNamedWithItsLine() {
        Migration migration = withUp(requiring("002", "007"), "-- Later.\n-- migrate:requires 007\ncreate");

        assertThatThrownBy(() -> set(plain("001"), migration))
                .isInstanceOf(InvalidMigration.class)
                .hasMessage("classpath:db/migration/002_thing.sql:2:1: it requires 007, and there is no such"
                        + " migration.\n\nWhat to do: Correct the version after 'migrate:requires', or add the missing"
                        + " file.");
    }

    @Test
    void aVersionedMigrationCannotRequireARepeatable() {
        assertThatThrownBy(() -> set(requiring("001", "R_x"), plain("R_x")))
                .isInstanceOf(InvalidMigration.class)
                .hasMessage("classpath:db/migration/001_thing.sql: it requires the repeatable migration R_x, and"
                        + " repeatables run last.\n\nWhat to do: Require a versioned migration, or make this one"
                        + " repeatable.");
    }

    @Test
    void aCycleIsNamed() {
        assertThatThrownBy(() -> set(
                        plain("001"),
                        plain("002"),
                        requiring("003", "005"),
                        plain("004"),
                        withUp(requiring("005", "002", "004"), "-- migrate:requires 002, 004")))
                .isInstanceOf(InvalidMigration.class)
                .hasMessage("classpath:db/migration/003_thing.sql: the requirements go in a circle:"
                        + " 003 requires 005 requires 004 requires 003.\n\n"
                        + "What to do: Take one of these requirements out.");
    }

    @Test
    void aMigrationThatRequiresItselfIsACycle() {
        assertThatThrownBy(() -> set(requiring("001", "001")))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageContaining("the requirements go in a circle: 001 requires 001.");
    }

    @Test
    void theFingerprintStandsForVersionsAndContents() {
        String fingerprint = set(plain("001"), plain("002")).fingerprint();

        assertThat(set(plain("002"), plain("001")).fingerprint()).isEqualTo(fingerprint);
        assertThat(set(plain("001"), plain("003")).fingerprint()).isNotEqualTo(fingerprint);
        assertThat(set(plain("001"), withUp(plain("002"), "other")).fingerprint())
                .isNotEqualTo(fingerprint);
    }
}
