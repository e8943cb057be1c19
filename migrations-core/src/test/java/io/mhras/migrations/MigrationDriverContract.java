package io.mhras.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException.HistoryConflict;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.MigratorSettings.OutOfOrder;
import io.mhras.migrations.testing.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every kind of database must do alike; each has a subclass that says how to make and to see things in it. */
public abstract class MigrationDriverContract {

    /** A driver for this test's own, empty database; each call another one, as another process would have. */
    protected abstract MigrationDriver driver();

    /** The ending of its files, with the dot. */
    protected abstract String extension();

    /** A script that makes a thing of this name. */
    protected abstract String create(String name);

    /** A script that takes it away. */
    protected abstract String drop(String name);

    /** A script that the database refuses. */
    protected abstract String broken();

    /** A script that would make a thing of this name, and leaves nothing of it when the database refuses it. */
    protected String failing(String name) {
        return create(name) + broken();
    }

    /** The same statements with other comments and white space. */
    protected abstract String reformatted(String script);

    /** Whether there is such a thing. */
    protected abstract boolean exists(String name);

    private Files files() {
        return new Files()
                .with("001_one" + extension(), create("one"))
                .with("001_one.down" + extension(), drop("one"))
                .with("002_two" + extension(), create("two"))
                .with("002_two.down" + extension(), drop("two"))
                .with("003_three" + extension(), create("three"))
                .with("003_three.down" + extension(), drop("three"));
    }

    private Migrator migrator(Files files) {
        return new Migrator(driver(), files::set);
    }

    /** But for that a script began whose statements are done one by one: not all databases have such. */
    private List<String> events(Migrator migrator) {
        List<String> events = new ArrayList<>();
        for (HistoryEntry entry : migrator.history()) {
            if (entry.event() != Event.STARTED) {
                events.add(0, entry.event() + " " + entry.version());
            }
        }
        return events;
    }

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
    void anOlderReleaseStartsOnANewerSchema() {
        migrator(files()).migrate(Target.HEAD);
        Migrator older = migrator(files().without("003_three" + extension()).without("003_three.down" + extension()));

        MigrationResult result = older.migrate(Target.HEAD);

        assertThat(result.isUpToDate()).isTrue();
        assertThat(result.notes()).singleElement().asString().contains("ahead of these files: 003");
        assertThat(older.status().summary()).isEqualTo(Summary.AHEAD);
        assertThat(older.status().current()).hasToString("[003]");
    }

    @Test
    void aChangedFileIsRefusedWithWhatChangedAndRepairAcceptsIt() {
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

    private static String lastLine(String script) {
        return script.stripTrailing().lines().reduce("", (before, line) -> line);
    }

    @Test
    void aReformattedFileIsNoError() {
        migrator(files()).migrate(Target.HEAD);
        Migrator reformatted = migrator(files().with("002_two" + extension(), reformatted(create("two"))));

        assertThat(reformatted.migrate(Target.HEAD).isUpToDate()).isTrue();
        assertThat(reformatted.status().in(MigrationState.REFORMATTED)).hasSize(1);
        assertThat(reformatted.status().summary()).isEqualTo(Summary.UP_TO_DATE);
    }

    @Test
    void aMissingFileIsRefusedAndRepairForgetsIt() {
        migrator(files()).migrate(Target.HEAD);
        Migrator missing = migrator(files().without("002_two" + extension()).without("002_two.down" + extension()));

        assertThatThrownBy(() -> missing.migrate(Target.HEAD))
                .isInstanceOf(HistoryConflict.class)
                .hasMessageContaining("002_two" + extension() + " was applied on ")
                .hasMessageContaining("has no file now");

        missing.repair();
        assertThat(missing.migrate(Target.HEAD).isUpToDate()).isTrue();
    }

    @Test
    void aLateFileIsRefusedUnlessThePolicySaysApply() {
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

    @Test
    void theLockKeepsOthersOutUntilTheSessionIsClosed() throws Exception {
        CompletableFuture<MigrationResult> other;
        try (MigrationSession session = driver().open(activity -> {})) {
            other = CompletableFuture.supplyAsync(() -> migrator(files()).migrate(Target.HEAD));
            assertThatThrownBy(() -> other.get(700, TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(session.entries()).isEmpty();
        }

        assertThat(other.get(30, TimeUnit.SECONDS).events()).hasSize(3);
    }

    @Test
    void whoeverWaitsGoesOnWithoutTheLockWhenAllIsDone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<MigrationResult> other = new CompletableFuture<>();
        Migrator slow = migrator(files()).with(new MigrationListener() {
            @Override
            public void onStep(String database, MigrationStep step) {
                if (begun.getCount() == 1) {
                    begun.countDown();
                    assertThatThrownBy(() -> other.get(300, TimeUnit.MILLISECONDS))
                            .isInstanceOf(java.util.concurrent.TimeoutException.class);
                }
            }

            @Override
            public void onStepDone(String database, MigrationStep step, HistoryEntry entry) {
                if (step.version().equals(MigrationVersion.of("003"))) {
                    // The lock is still held here.
                    assertThat(other.orTimeout(30, TimeUnit.SECONDS).join().events())
                            .isEmpty();
                }
            }
        });
        CompletableFuture<MigrationResult> first = CompletableFuture.supplyAsync(() -> slow.migrate(Target.HEAD));
        await(begun);

        other.complete(migrator(files()).migrate(Target.HEAD));

        assertThat(first.get(30, TimeUnit.SECONDS).events()).hasSize(3);
    }

    @Test
    void sixteenAtOnceApplyEachMigrationOnce() throws Exception {
        Files many = new Files();
        for (int i = 1; i <= 100; i++) {
            many = many.with("%03d_m".formatted(i) + extension(), create("thing_" + i));
        }
        Files files = many;
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<CompletableFuture<MigrationResult>> runs = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                runs.add(CompletableFuture.supplyAsync(
                        () -> {
                            await(start);
                            return migrator(files).migrate(Target.HEAD);
                        },
                        pool));
            }
            start.countDown();
            int applied = 0;
            for (CompletableFuture<MigrationResult> run : runs) {
                applied += run.get(60, TimeUnit.SECONDS).events().size();
            }
            assertThat(applied).isEqualTo(100);
        } finally {
            pool.shutdownNow();
        }
        assertThat(events(migrator(files))).hasSize(100).doesNotHaveDuplicates();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void validateNamesWhatIsPending() {
        Migrator migrator = migrator(files());

        assertThatThrownBy(() -> migrator.validate(Target.HEAD))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("apply 001 one (001_one" + extension() + ")");

        migrator.migrate(Target.HEAD);
        migrator.validate(Target.HEAD);
    }

    @Test
    void waitingEndsWhenAnotherHasMigratedOrTheLimitIsOver() throws Exception {
        Migrator waiting = migrator(files());
        assertThatThrownBy(() -> waiting.await(Target.HEAD, Duration.ZERO))
                .isInstanceOf(MigrationException.TimedOut.class)
                .hasMessageContaining("Waited 0 s for another process");

        CompletableFuture<Void> waiter =
                CompletableFuture.runAsync(() -> waiting.await(Target.HEAD, Duration.ofMinutes(1)));
        migrator(files()).migrate(Target.HEAD);
        waiter.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aRepeatableRunsAgainOnlyWhenItsContentChanges() {
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
