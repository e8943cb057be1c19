package io.mhras.migrations.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException.HistoryConflict;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.testing.Files;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What happens where the files are not those that were applied. */
public interface ConflictContract extends ContractDatabase {

    @Test
    default void anOlderReleaseStartsOnANewerSchema() {
        migrator(files()).migrate(Target.HEAD);
        Migrator older = migrator(files().without("003_three" + extension()).without("003_three.down" + extension()));

        MigrationResult result = older.migrate(Target.HEAD);

        assertThat(result.isUpToDate()).isTrue();
        assertThat(result.notes()).singleElement().asString().contains("ahead of these files: 003");
        assertThat(older.status().summary()).isEqualTo(Summary.AHEAD);
        assertThat(older.status().current()).hasToString("[003]");
    }

    @Test
    default void aChangedFileIsRefusedWithWhatChangedAndRepairAcceptsIt() {
        migrator(files()).migrate(Target.HEAD);
        Migrator changed = migrator(files().with("002_two" + extension(), create("deux")));

        assertThatThrownBy(() -> changed.migrate(Target.HEAD))
                .isInstanceOf(HistoryConflict.class)
                .hasMessageContaining("db/migration/002_two" + extension() + " was changed after it was applied on ")
                .hasMessageContaining("- " + lastLine(create("two")))
                .hasMessageContaining("+ " + lastLine(create("deux")));

        changed.repair();
        assertThat(changed.migrate(Target.HEAD).isUpToDate()).isTrue();
        assertThat(events(changed)).endsWith("REPAIRED 002");
    }

    /** As it is shown: without the values in it. */
    private static String lastLine(String script) {
        return script.stripTrailing().lines().reduce("", (before, line) -> line).replaceAll("'[^']*'", "?");
    }

    @Test
    default void aReformattedFileIsNoError() {
        migrator(files()).migrate(Target.HEAD);
        Migrator reformatted = migrator(files().with("002_two" + extension(), reformatted(create("two"))));

        assertThat(reformatted.migrate(Target.HEAD).isUpToDate()).isTrue();
        assertThat(reformatted.status().in(MigrationState.REFORMATTED)).hasSize(1);
        assertThat(reformatted.status().summary()).isEqualTo(Summary.UP_TO_DATE);
    }

    default Files withoutTwo() {
        return files().without("002_two" + extension()).without("002_two.down" + extension());
    }

    @Test
    default void aMissingFileIsRefusedAndRepairArchivesIt() {
        migrator(files()).migrate(Target.HEAD);
        Migrator missing = migrator(withoutTwo());

        assertThatThrownBy(() -> missing.migrate(Target.HEAD))
                .isInstanceOf(HistoryConflict.class)
                .hasMessageContaining("002_two" + extension() + " was applied on ")
                .hasMessageContaining("has no file now");

        missing.repair();
        assertThat(events(missing)).endsWith("ARCHIVED 002");
        assertThat(missing.status().in(MigrationState.ARCHIVED)).hasSize(1);
        assertThat(missing.status().summary()).isEqualTo(Summary.UP_TO_DATE);
        assertThat(missing.migrate(Target.HEAD).isUpToDate()).isTrue();
        missing.validate(Target.HEAD);
        // What makes an up-to-date start one query.
        assertThat(driver().newest().orElseThrow().fingerprint())
                .isEqualTo(withoutTwo().set().fingerprint());
    }

    @Test
    default void whatIsArchivedDoesNotRunAgainWhenItsFileComesBack() {
        migrator(files()).migrate(Target.HEAD);
        migrator(withoutTwo()).repair();
        Migrator back = migrator(files());

        assertThat(back.status().summary()).isEqualTo(Summary.UP_TO_DATE);
        assertThat(back.migrate(Target.HEAD).isUpToDate()).isTrue();
        back.validate(Target.HEAD);

        back.repair();
        assertThat(events(back)).endsWith("ARCHIVED 002", "REPAIRED 002");
        assertThat(driver().newest().orElseThrow().fingerprint())
                .isEqualTo(files().set().fingerprint());
    }

    @Test
    default void whatIsArchivedIsStillRolledBackWithTheDownScriptOfTheHistory() {
        migrator(files()).migrate(Target.HEAD);
        Migrator missing = migrator(withoutTwo());
        missing.repair();
        Migrator later = migrator(withoutTwo().with("004_four" + extension(), create("four")));
        later.migrate(Target.HEAD);
        assertThat(later.migrate(Target.HEAD).isUpToDate()).isTrue();
        later.stamp(Target.parse("003"));
        assertThat(later.status().in(MigrationState.ARCHIVED)).hasSize(1);

        missing.rollback(Target.parse("001"));

        assertThat(events(missing)).endsWith("UNSTAMPED 004", "ROLLED_BACK 003", "ROLLED_BACK 002");
        assertThat(exists("two") || exists("three")).isFalse();
        assertThat(missing.status().in(MigrationState.ARCHIVED)).isEmpty();
        migrator(files()).migrate(Target.HEAD);
        assertThat(exists("two") && exists("three")).isTrue();
    }

    @Test
    default void whatIsArchivedWithoutADownScriptIsNotRolledBack() {
        Files files = files().without("002_two.down" + extension());
        migrator(files).migrate(Target.HEAD);
        Migrator missing = migrator(withoutTwo());
        missing.repair();

        assertThatThrownBy(() -> missing.rollback(Target.BASE))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("there is no down script for 002_two" + extension())
                .hasMessageContaining("Put back 002_two" + extension() + " together with 002_two.down" + extension());
        assertThat(exists("three")).isTrue();
    }

    @Test
    default void anotherServicesFilesAreNamedAndNothingIsMarked() {
        migrator(new Files()
                        .with("001_one" + extension(), create("one"))
                        .with("002_more" + extension(), create("more")))
                .migrate(Target.HEAD);
        Migrator other = migrator(new Files().with("001_two" + extension(), create("two")));

        for (ThrowingCallable refused : List.<ThrowingCallable>of(
                () -> other.migrate(Target.HEAD),
                () -> other.validate(Target.HEAD),
                other::repair,
                () -> other.stamp(Target.HEAD))) {
            assertThatThrownBy(refused)
                    .hasMessageContaining("version 001 was applied from another file: 001_one" + extension()
                            + " there; classpath:db/migration/001_two" + extension()
                            + " here. Perhaps another service keeps its history there.")
                    .hasMessageContaining("What to do: Give this service a history of its own: another ")
                    .hasMessageContaining("give the file its old name, 001_one" + extension());
        }
        assertThat(other.status().summary()).isEqualTo(Summary.CONFLICT);
        assertThat(other.status().migrations().get(0).remedy()).contains("from another file: 001_one" + extension());
        assertThat(events(other)).containsExactly("APPLIED 001", "APPLIED 002");
        assertThat(exists("two")).isFalse();
    }

    @Test
    default void anotherServiceIsKnownByItsNameToo() {
        Files one = new Files().with("001_start" + extension(), create("one"));
        Files two = new Files().with("001_start" + extension(), create("two"));
        new Migrator(driverOf("orders"), one::set).migrate(Target.HEAD);
        Migrator other = new Migrator(driverOf("billing"), two::set);
        Migrator missing =
                new Migrator(driverOf("billing"), new Files().with("002_start" + extension(), create("two"))::set);

        assertThatThrownBy(other::repair)
                .isInstanceOf(Refused.class)
                .hasMessageContaining("001_start" + extension()
                        + " there, by the application 'orders'; classpath:db/migration/001_start" + extension()
                        + " here, in 'billing'");
        assertThatThrownBy(missing::repair)
                .isInstanceOf(Refused.class)
                .hasMessageContaining("by the application 'orders'; none here, in 'billing'");

        Files late = new Files()
                .with("000.5_start" + extension(), create("two"))
                .with("001_start" + extension(), create("one"));
        assertThatThrownBy(() -> new Migrator(driverOf("billing"), late::set).migrate(Target.HEAD))
                .isInstanceOf(HistoryConflict.class)
                .hasMessageContaining(
                        "What was applied is of the application 'orders', and this is 'billing'. If that is another"
                                + " service: Give this service a history of its own");
        assertThatThrownBy(() -> migrator(new Files().with("002_start" + extension(), create("two")))
                        .migrate(Target.HEAD))
                .isInstanceOf(HistoryConflict.class)
                .hasMessageContaining("None of what is applied has a file here. If it is another service's: Give this");

        // Whoever does not say who it is may be an operator, and a service may get another file with the name that it
        // has.
        migrator(two).repair();
        assertThat(new Migrator(driverOf("orders"), two::set).status().summary())
                .isEqualTo(Summary.UP_TO_DATE);
    }

    @Test
    default void aRowDeletedFromTheMiddleIsNoticedByWhatReadsAndByWhatWrites() {
        Files four = files().with("004_four" + extension(), create("four"));
        migrator(files()).migrate(Target.HEAD);
        deleteEvents("002", Event.APPLIED);
        Migrator migrator = migrator(files());

        // The start is fast: it reads the newest row alone.
        assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
        for (ThrowingCallable refused : List.<ThrowingCallable>of(
                () -> migrator.validate(Target.HEAD),
                () -> migrator(four).migrate(Target.HEAD),
                () -> migrator(four).plan(Target.HEAD),
                () -> migrator.rollback(Target.BASE))) {
            assertThatThrownBy(refused)
                    .isInstanceOf(HistoryConflict.class)
                    .hasMessageContaining("The row that says that 002 is applied is missing: it was there when row ")
                    .hasMessageContaining("Put the history back as it was")
                    .hasMessageNotContaining("was never applied");
        }
        assertThat(migrator.status().summary()).isEqualTo(Summary.CONFLICT);
        assertThat(migrator.status().problem()).contains("002 is applied is missing");
        assertThat(exists("four")).isFalse();

        migrator.repair();
        assertThat(migrator.status().problem()).isNull();
        assertThat(migrator.status().in(MigrationState.OUT_OF_ORDER)).hasSize(1);
    }

    @Test
    default void aDeletedRollbackIsNoticed() {
        Migrator migrator = migrator(files().with("R_view" + extension(), create("view")));
        migrator.migrate(Target.parse("003"));
        migrator.rollback(Target.parse("-1"));
        migrator.migrate(Target.parse("002"));
        migrator.stamp(Target.parse("001"));
        deleteEvents("003", Event.ROLLED_BACK);

        assertThat(migrator.status().problem())
                .as("somebody has stated since what is applied, and another row says otherwise")
                .contains("003 was not applied when row ");
        assertThatThrownBy(() -> migrator.migrate(Target.HEAD))
                .isInstanceOf(HistoryConflict.class)
                .hasMessageContaining("the row that took it back is missing");
    }

    @Test
    default void aChangedChecksumIsNamed() {
        migrator(files()).migrate(Target.HEAD);
        changeEvents("002", "checksum", "0");

        assertThatThrownBy(() -> migrator(files()).validate(Target.HEAD))
                .isInstanceOf(HistoryConflict.class)
                .hasMessageContaining("The column 'checksum' of row ")
                .hasMessageContaining("(applied 002) was changed: it was ");
    }

    @Test
    default void whatNoReleaseHasWrittenIsNamedByRowAndColumn() {
        migrator(files()).migrate(Target.HEAD);

        changeEvents("003", "version", "three");
        for (ThrowingCallable refused : List.<ThrowingCallable>of(
                () -> migrator(files()).migrate(Target.HEAD),
                () -> migrator(files()).status(),
                () -> migrator(files()).history(),
                () -> migrator(files()).validate(Target.HEAD))) {
            assertThatThrownBy(refused)
                    .isInstanceOf(HistoryUnusable.class)
                    .hasMessageContaining("was changed by hand")
                    .hasMessageContaining("'version'")
                    .hasMessageContaining(" holds 'three', which is not a version.")
                    .hasMessageContaining("What to do: Put back what was there");
        }
        changeEvents("three", "version", "003");
        changeEvents("002", "event", "applied");
        assertThatThrownBy(() -> migrator(files()).status())
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageContaining("'event'")
                .hasMessageContaining("holds 'applied', and not 'APPLIED'.");
        changeEvents("002", "event", "APPLIED");
        changeEvents("002", "statement", -1);
        assertThatThrownBy(() -> migrator(files()).status()).hasMessageContaining("'statement'");
    }

    @Test
    default void aLateFileIsRefusedUnlessThePolicySaysApply() {
        migrator(files().without("002_two" + extension()).without("002_two.down" + extension()))
                .migrate(Target.HEAD);
        Migrator late = migrator(files());

        assertThatThrownBy(() -> late.migrate(Target.HEAD))
                .isInstanceOf(HistoryConflict.class)
                .hasMessageContaining("002_two" + extension() + " was never applied, but 003, which is newer, was");

        Migrator applying = late.with(new MigratorSettings(OutOfOrder.APPLY, false));
        assertThat(applying.migrate(Target.HEAD).events()).hasSize(1);
        assertThat(exists("two")).isTrue();
    }

    @Test
    default void validateNamesWhatIsPending() {
        Migrator migrator = migrator(files());

        assertThatThrownBy(() -> migrator.validate(Target.HEAD))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("apply 001 one (001_one" + extension() + ")");

        migrator.migrate(Target.HEAD);
        migrator.validate(Target.HEAD);
    }

    @Test
    default void aRepeatableRunsAgainOnlyWhenItsContentChanges() {
        Files files = files().with("R_view" + extension(), create("view_a"));
        Migrator migrator = migrator(files);
        assertThat(migrator.migrate(Target.HEAD).events()).hasSize(4);
        assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();

        Migrator changed = migrator(files.with("R_view" + extension(), create("view_b")));
        MigrationResult again = changed.migrate(Target.HEAD);

        assertThat(again.events())
                .singleElement()
                .satisfies(entry -> assertThat(entry.event()).isEqualTo(Event.APPLIED));
        assertThat(exists("view_b")).isTrue();
        assertThat(changed.migrate(Target.HEAD).isUpToDate()).isTrue();
    }
}
