package io.mhras.migrations.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.Target;
import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every kind of database must do about the checks of what is applied. */
interface VerificationContract extends ContractDatabase {

    /** A comment of its language. */
    private String comment(String text) {
        return (extension().equals(".js") ? "// " : "-- ") + text + "\n";
    }

    private Files checked() {
        return files().with(
                        "001_one.verify" + extension(),
                        comment("migrate:check thing one")
                                + present("one")
                                + comment("migrate:check thing two")
                                + present("one"))
                .with("003_three.verify" + extension(), present("three"));
    }

    /** Their checks came later than they: a database need not let a check look for things in the transaction that makes them. */
    private static VerificationResult verify(Migrator migrator, String... versions) {
        return migrator.verify(List.of(versions), Duration.ofSeconds(30), check -> {});
    }

    private static List<String> lines(VerificationResult result) {
        return result.checks().stream()
                .map(check -> check.outcome() + " " + check.name())
                .toList();
    }

    @Test
    default void theChecksOfWhatIsAppliedRunLater() {
        Migrator migrator = migrator(checked());
        migrator(files()).migrate(Target.parse("002"));
        List<String> told = new ArrayList<>();

        VerificationResult result = migrator.verify(List.of(), Duration.ofSeconds(30), check -> told.add(check.line()));

        assertThat(lines(result)).containsExactly("HOLDS thing one", "HOLDS thing two");
        assertThat(told).containsExactly("\u2713 thing one", "\u2713 thing two");
        assertThat(result.unchecked()).hasToString("[002]");
        assertThat(result.database()).isEqualTo(migrator.database());
        assertThat(result.summary()).isEqualTo("2 checks hold");
        result.requireAll();
    }

    @Test
    default void eachCheckRunsByItself() {
        Migrator migrator = migrator(checked());
        migrator(files()).migrate(Target.HEAD);
        Migrator broken = migrator(checked()
                .with(
                        "001_one.verify" + extension(),
                        comment("migrate:check none")
                                + present("nothing")
                                + comment("migrate:check thing two")
                                + present("one")));

        VerificationResult result = verify(broken);

        assertThat(lines(result))
                .containsExactly("FAILED none", "HOLDS thing two", "HOLDS 003_three.verify" + extension());
        assertThatThrownBy(result::requireAll)
                .isInstanceOf(Refused.class)
                .hasMessageContaining("A check of " + migrator.database() + " does not hold.")
                .hasMessageContaining("\u2717 none\n    at classpath:db/migration/001_one.verify" + extension() + ":");
    }

    @Test
    default void aCheckThatWritesIsSkippedAndWritesNothing() {
        migrator(files()).migrate(Target.HEAD);
        Migrator writing = migrator(
                checked().with("001_one.verify" + extension(), comment("migrate:check writes") + create("leftover")));

        VerificationResult result = verify(writing, "001");

        assertThat(lines(result)).containsExactly("SKIPPED writes");
        assertThat(result.checks().get(0).line()).isEqualTo("- writes (skipped: writes)");
        assertThat(exists("leftover")).isFalse();
    }

    @Test
    default void whatIsPendingOrTakenBackIsNotChecked() {
        Migrator migrator = migrator(checked());
        migrator(files()).migrate(Target.HEAD);
        migrator.rollback(Target.parse("002"));

        assertThat(lines(verify(migrator))).containsExactly("HOLDS thing one", "HOLDS thing two");
        assertThatThrownBy(() -> verify(migrator, "003"))
                .isInstanceOf(InvalidTarget.class)
                .hasMessageContaining("003 is not applied: its checks say nothing about this database.");
    }

    @Test
    default void aMigrationWithoutItsFileIsNamed() {
        migrator(files()).migrate(Target.HEAD);
        Migrator older = migrator(checked()
                .without("003_three" + extension())
                .without("003_three.down" + extension())
                .without("003_three.verify" + extension()));

        assertThat(verify(older).checks().get(2).line())
                .isEqualTo("- 003 three (its file is gone, and the history keeps no checks)");
    }

    @Test
    default void aChangedMigrationIsNoted() {
        migrator(files()).migrate(Target.HEAD);
        Migrator changed = migrator(checked().with("001_one" + extension(), create("other")));

        VerificationResult result = verify(changed);

        assertThat(result.failed()).isEmpty();
        assertThat(result.notes())
                .containsExactly("001 was changed since it was applied; its checks were run as they are now, on what it"
                        + " did then.");
    }

    @Test
    default void checksNeedNoRightToWrite() {
        migrator(files()).migrate(Target.HEAD);

        onlyReading(driver ->
                assertThat(lines(verify(new Migrator(driver, checked()::set)))).hasSize(3));
    }
}
