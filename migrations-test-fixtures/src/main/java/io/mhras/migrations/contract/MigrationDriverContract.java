package io.mhras.migrations.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.Checksum;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.testing.Files;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every kind of database must do alike; each has a subclass that defines how to create and to see things in it. */
public abstract class MigrationDriverContract
        implements LockContract, ConflictContract, BaselineContract, VerificationContract {

    @Test
    void anEmptyDatabaseHasEverythingPending() {
        MigrationStatus status = migrator(files()).status();

        assertThat(status.summary()).isEqualTo(Summary.PENDING);
        assertThat(status.pending()).isEqualTo(3);
        assertThat(status.current()).isEmpty();
        assertThat(status.migrations()).extracting(Item::state).containsOnly(MigrationState.PENDING);
    }

    @Test
    void migratingAppliesEverythingInOrderAndASecondRunDoesNothing() {
        Migrator migrator = migrator(files());
        Instant before = Instant.now();

        MigrationResult first = migrator.migrate(Target.HEAD);
        MigrationResult second = migrator.migrate(Target.HEAD);

        assertThat(first.events()).extracting(HistoryEntry::version).hasToString("[001, 002, 003]");
        assertThat(exists("one") && exists("two") && exists("three")).isTrue();
        assertThat(second.isUpToDate()).isTrue();
        assertThat(events(migrator)).containsExactly("APPLIED 001", "APPLIED 002", "APPLIED 003");
        HistoryEntry entry = migrator.history().get(0);
        assertThat(entry).isEqualTo(first.events().get(2));
        assertThat(entry.appliedAt())
                .isBetween(before.minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(entry.checksum()).isEqualTo(Checksum.of(create("three")));
        assertThat(migrator.status().summary()).isEqualTo(Summary.UP_TO_DATE);
    }

    @Test
    void aTargetStopsEarlierAndPlusOneGoesOneFurther() {
        Migrator migrator = migrator(files());

        migrator.migrate(Target.parse("001"));
        assertThat(events(migrator)).containsExactly("APPLIED 001");

        migrator.migrate(Target.parse("+1"));
        assertThat(migrator.status().current()).hasToString("[002]");
        assertThat(exists("three")).isFalse();
    }

    @Test
    void aPlanChangesNothing() {
        Migrator migrator = migrator(files());

        assertThat(migrator.plan(Target.HEAD).steps()).hasSize(3);

        assertThat(driver().newest()).isEmpty();
        assertThat(exists("one")).isFalse();
    }

    @Test
    void aFailedScriptLeavesNothingIsRecordedAndRunsAgainWhenMended() {
        Migrator broken = migrator(files().with("002_two" + extension(), failing("two")));

        assertThatThrownBy(() -> broken.migrate(Target.HEAD))
                .isInstanceOf(ScriptFailed.class)
                .hasMessageContaining("002_two" + extension());

        assertThat(exists("one")).isTrue();
        assertThat(exists("two")).isFalse();
        assertThat(events(broken)).containsExactly("APPLIED 001", "FAILED 002");
        assertThat(broken.status().summary()).isEqualTo(Summary.FAILED);
        assertThat(broken.status().in(MigrationState.FAILED).get(0).error()).contains("002_two" + extension());

        Migrator mended = migrator(files());
        mended.migrate(Target.HEAD);
        assertThat(events(mended)).endsWith("FAILED 002", "APPLIED 002", "APPLIED 003");
        assertThat(mended.status().summary()).isEqualTo(Summary.UP_TO_DATE);
    }

    @Test
    void aRollbackGoesBackInReverseAndEverythingCanBeAppliedAgain() {
        Migrator migrator = migrator(files());
        migrator.migrate(Target.HEAD);

        migrator.rollback(Target.parse("-1"));
        assertThat(exists("three")).isFalse();
        assertThat(migrator.status().in(MigrationState.ROLLED_BACK)).hasSize(1);

        MigrationResult back = migrator.rollback(Target.BASE);
        assertThat(back.events()).extracting(HistoryEntry::version).hasToString("[002, 001]");
        assertThat(exists("one")).isFalse();

        migrator.migrate(Target.HEAD);
        assertThat(migrator.status().summary()).isEqualTo(Summary.UP_TO_DATE);
        assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
    }

    @Test
    void aRepeatableWithoutAWayBackRunsAgainAfterARollback() {
        Migrator migrator = migrator(files().with("R_view" + extension(), create("view")));
        migrator.migrate(Target.HEAD);

        MigrationResult back = migrator.rollback(Target.parse("002"));

        assertThat(back.events())
                .extracting(entry -> entry.event() + " " + entry.version())
                .containsExactly("UNSTAMPED R_view", "ROLLED_BACK 003");
        assertThat(migrator.status().in(MigrationState.PENDING))
                .extracting(Item::version)
                .hasToString("[R_view]");
    }

    @Test
    void aRollbackWorksWithoutTheFilesFromWhatTheHistoryKept() {
        migrator(files()).migrate(Target.HEAD);
        Files older = new Files().with("001_one" + extension(), create("one"));

        migrator(older).rollback(Target.parse("001"));

        assertThat(exists("three") || exists("two")).isFalse();
        assertThat(exists("one")).isTrue();
    }

    @Test
    void aRollbackWithoutADownScriptIsRefusedBeforeTheFirstStep() {
        Files files = files().without("001_one.down" + extension());
        Migrator migrator = migrator(files);
        migrator.migrate(Target.HEAD);

        assertThatThrownBy(() -> migrator.rollback(Target.BASE))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Nothing was rolled back: there is no down script for 001_one" + extension())
                .hasMessageContaining("001_one.down" + extension());

        assertThat(exists("three")).isTrue();
    }

    @Test
    void aStampMarksWithoutRunningAndMovesBackToo() {
        Migrator migrator = migrator(files());

        migrator.stamp(Target.parse("002"));
        assertThat(exists("one")).isFalse();
        assertThat(migrator.status().in(MigrationState.STAMPED)).hasSize(2);

        migrator.stamp(Target.parse("001"));
        assertThat(events(migrator)).containsExactly("STAMPED 001", "STAMPED 002", "UNSTAMPED 002");

        migrator.migrate(Target.HEAD);
        assertThat(exists("two")).isTrue();
        assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
    }

    @Test
    void cleaningIsRefusedUnlessEnabledAndThenDropsEverything() {
        Migrator migrator = migrator(files());
        migrator.migrate(Target.HEAD);

        assertThatThrownBy(migrator::clean).isInstanceOf(Refused.class).hasMessageContaining("clean is not enabled");
        assertThat(exists("one")).isTrue();

        Migrator enabled = migrator.with(new MigratorSettings(OutOfOrder.FAIL, true));
        assertThat(enabled.clean()).isNotEmpty();
        assertThat(exists("one") || exists("two") || exists("three")).isFalse();
        assertThat(enabled.history()).isEmpty();
        enabled.migrate(Target.HEAD);
        assertThat(exists("three")).isTrue();
    }
}
