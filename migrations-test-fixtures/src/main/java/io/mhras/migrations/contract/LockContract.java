package io.mhras.migrations.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How processes behave that migrate the same database at the same time. */
public interface LockContract extends ContractDatabase {

    @Test
    default void theLockKeepsOthersOutUntilTheSessionIsClosed() throws Exception {
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
    default void whatOnlyReadsNeitherWritesNorWaitsForTheLock() throws Exception {
        migrator(files()).migrate(Target.parse("002"));
        try (MigrationSession session = driver().open(activity -> {})) {
            assertThat(session.newest()).isPresent();

            CompletableFuture.runAsync(() -> onlyReading(driver -> {
                        Migrator reader = new Migrator(driver, files()::set);
                        assertThat(reader.status().pending()).isEqualTo(1);
                        assertThat(reader.history()).isNotEmpty();
                        MigrationPlan plan = reader.plan(Target.HEAD);
                        assertThat(plan.steps()).hasSize(1);
                        assertThat(reader.preview(plan).isSureToFail()).isFalse();
                        assertThat(reader.planRollback(Target.BASE).steps()).hasSize(2);
                        assertThat(reader.planStamp(Target.HEAD).steps()).hasSize(1);
                        assertThat(reader.planRepair().isEmpty()).isTrue();
                        assertThat(reader.planClean()).isNotEmpty();
                        assertThat(reader.activity()).isPresent();
                        assertThat(reader.health()).isPresent();
                        assertThatThrownBy(() -> reader.validate(Target.HEAD))
                                .isInstanceOf(MigrationException.Refused.class);
                        reader.validate(Target.parse("002"));
                    }))
                    .get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    default void whoeverWaitsGoesOnWithoutTheLockWhenAllIsDone() throws Exception {
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
    default void sixteenAtOnceApplyEachMigrationOnce() throws Exception {
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
    default void waitingEndsWhenAnotherHasMigratedOrTheLimitIsOver() throws Exception {
        Migrator waiting = migrator(files());
        assertThatThrownBy(() -> waiting.await(Target.HEAD, Duration.ZERO))
                .isInstanceOf(MigrationException.TimedOut.class)
                .hasMessageContaining("Waited 0 s for another process");

        CompletableFuture<Void> waiter =
                CompletableFuture.runAsync(() -> waiting.await(Target.HEAD, Duration.ofMinutes(1)));
        migrator(files()).migrate(Target.HEAD);
        waiter.get(30, TimeUnit.SECONDS);
    }
}
