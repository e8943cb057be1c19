package io.mhras.migrations.engine;

import static io.mhras.migrations.TestMigrations.plain;
import static io.mhras.migrations.TestMigrations.requiring;
import static io.mhras.migrations.TestMigrations.set;
import static io.mhras.migrations.TestMigrations.withDown;
import static io.mhras.migrations.TestMigrations.withUp;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.Checksum;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.HistoryConflict;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.Target;
import io.mhras.migrations.TestMigrations;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationPlannerTest {

    private static final Migration ONE = plain("001");
    private static final Migration TWO = plain("002");
    private static final Migration THREE = plain("003");
    private static final Migration VIEW = withDown(plain("R_view"), null);

    private final Plans plans = new Plans(new RecordedDatabase());

    @Test
    void headAppliesAllThatIsPendingRepeatablesLast() {
        plans.database().with(Event.APPLIED, ONE);

        assertThat(Plans.steps(plans.migrate("head", ONE, TWO, THREE, VIEW)))
                .containsExactly("APPLIED 002", "APPLIED 003", "APPLIED R_view");
    }

    @Test
    void thePlanIsTheDryRun() {
        plans.database().with(Event.APPLIED, ONE, plain("004"));

        assertThat(MigrationPrinter.plan(plans.migrate("head", ONE))).isEqualTo("""
                        postgresql: nothing to do
                          note: the database is ahead of these files: 004 applied by a newer release. Starting all the same.
                        """);
        assertThat(MigrationPrinter.plan(new MigrationPlan(
                        "postgresql", plans.migrate("head", ONE, VIEW).steps(), List.of())))
                .isEqualTo("""
                        postgresql: 1 to do
                          apply R_view (R_view_thing.sql)
                        """);
    }

    @Test
    void whatTheOwnOrderPutsBehindANewerVersionIsNotOutOfOrder() {
        Migration[] files = {ONE, TestMigrations.requiring("002", "010"), THREE, TestMigrations.requiring("010", "001")
        };
        plans.database().with(Event.APPLIED, ONE, files[3]);

        assertThat(Plans.steps(plans.migrate("head", files))).containsExactly("APPLIED 002", "APPLIED 003");
    }

    @Test
    void theLastStepsFingerprintIsThatOfAllFiles() {
        plans.database().with(Event.APPLIED, ONE, VIEW);
        Migration changed = withUp(VIEW, "other");
        List<MigrationStep> steps = plans.migrate("head", ONE, TWO, changed).steps();

        assertThat(steps.get(1).fingerprint()).isEqualTo(set(ONE, TWO, changed).fingerprint());
    }

    @Test
    void whatFailedOrWasRolledBackRunsAgain() {
        plans.database()
                .with(Event.APPLIED, ONE, TWO)
                .with(Event.ROLLED_BACK, TWO)
                .withFailure(THREE, "x");

        assertThat(Plans.steps(plans.migrate("head", ONE, TWO, THREE))).containsExactly("APPLIED 002", "APPLIED 003");
    }

    @Test
    void aVersionAppliesWhatItRequiresAndNoMore() {
        Migration left = requiring("002", "001");
        Migration right = requiring("003", "001");

        assertThat(Plans.steps(plans.migrate("3", ONE, left, right, plain("004"), VIEW)))
                .containsExactly("APPLIED 001", "APPLIED 003");
    }

    @Test
    void aVersionMayBeWrittenAsAnUnambiguousBeginning() {
        Migration autumn = plain("20251030_1530");
        Migration winter = plain("20251231_0900");

        assertThat(Plans.steps(plans.migrate("202510", autumn, winter))).containsExactly("APPLIED 20251030_1530");
        Plans.refused(
                () -> plans.migrate("2025", autumn, winter),
                InvalidTarget.class,
                "'2025' is ambiguous.\n\nWhat to do: Write more of it; it could be 20251030_1530, 20251231_0900.");
    }

    @Test
    void aVersionInFullIsNeverAmbiguous() {
        assertThat(Plans.steps(plans.migrate("1", plain("1"), plain("10"), plain("11"))))
                .containsExactly("APPLIED 1");
    }

    @Test
    void anUnknownVersionIsAnErrorThatListsTheKnown() {
        Plans.refused(
                () -> plans.migrate("7", ONE, TWO, VIEW),
                InvalidTarget.class,
                "There is no migration 7.\n\nWhat to do: There are: 001, 002.");
        Plans.refused(
                () -> plans.migrate("7"),
                InvalidTarget.class,
                "There is no migration 7.\n\nWhat to do: There are no migrations at all; check the locations.");
    }

    @Test
    void aTargetThatIsBehindSaysSo() {
        plans.database().with(Event.APPLIED, ONE, TWO, THREE);

        MigrationPlan plan = plans.migrate("1", ONE, TWO, THREE);
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.notes())
                .containsExactly(
                        "the target 001 is behind: 002, 003 applied already." + " To go back to 001, use rollback.");
        assertThat(plans.migrate("3", ONE, TWO, THREE).notes()).isEmpty();
    }

    @Test
    void aCountAppliesTheNextOnes() {
        plans.database().with(Event.APPLIED, ONE);

        assertThat(Plans.steps(plans.migrate("+1", ONE, TWO, THREE, VIEW))).containsExactly("APPLIED 002");
        assertThat(Plans.steps(plans.migrate("+2", ONE, TWO, THREE, VIEW)))
                .containsExactly("APPLIED 002", "APPLIED 003");
    }

    @Test
    void aCountBeyondTheEndIsAnError() {
        plans.database().with(Event.APPLIED, ONE);
        String remedy = "\n\nWhat to do: Use head to apply all there is.";

        Plans.refused(
                () -> plans.migrate("+3", ONE, TWO, THREE),
                InvalidTarget.class,
                "'+3' asks for 3, and there are only 2 to apply." + remedy);
        Plans.refused(
                () -> plans.migrate("+2", ONE, TWO, VIEW),
                InvalidTarget.class,
                "'+2' asks for 2, and there is only 1 to apply." + remedy);
        Plans.refused(
                () -> plans.migrate("+1", ONE, VIEW),
                InvalidTarget.class,
                "'+1' asks for 1, and there is nothing to apply." + remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "-1"})
    void goingBackIsNotMigrating(String target) {
        Plans.refused(
                () -> plans.migrate(target, ONE),
                InvalidTarget.class,
                "'" + target + "' goes back, and applying migrations only goes forward.\n\n"
                        + "What to do: To take migrations back, use rollback.");
    }

    @Test
    void whatComesLateIsAppliedOnlyIfAllowed() {
        plans.database().with(Event.APPLIED, ONE, THREE);

        Plans.refused(() -> plans.migrate("head", ONE, TWO, THREE), HistoryConflict.class, """
                The migration files do not fit the history of postgresql.
                  classpath:db/migration/002_thing.sql was never applied, but 003, which is newer, was.

                What to do: Give the late file a version above the newest applied one; or say in its header what it \
                needs ('-- migrate:requires <version>'); or set 'out-of-order' to 'apply'.""");
        assertThat(Plans.steps(plans.planner(ONE, TWO, THREE).toMigrate(Target.HEAD, OutOfOrder.APPLY)))
                .containsExactly("APPLIED 002");
    }

    @Test
    void whatComesLateAndSaysWhatItRequiresIsApplied() {
        plans.database().with(Event.APPLIED, ONE, THREE);

        assertThat(Plans.steps(plans.migrate("head", ONE, requiring("002", "001"), THREE)))
                .containsExactly("APPLIED 002");
    }

    @Test
    void allConflictsAreNamedAtOnceEachRemedyOnce() {
        Migration four = plain("004");
        plans.database()
                .with(Event.APPLIED, withUp(ONE, "a\nb\nc\n"), TWO, four)
                .forgetting(four);

        Plans.refused(
                () -> plans.migrate("head", withUp(ONE, "a\nX\nc\n"), THREE, withUp(four, "other")),
                HistoryConflict.class,
                """
                The migration files do not fit the history of postgresql.
                  classpath:db/migration/001_thing.sql was changed after it was applied on 2025-10-30T15:30:00Z.
                    @@ from line 1 @@
                      a
                    - b
                    + X
                      c
                  classpath:db/migration/003_thing.sql was never applied, but 004, which is newer, was.
                  classpath:db/migration/004_thing.sql was changed after it was applied on 2025-10-30T15:30:02Z.
                    Its checksum was %s
                    and is now   %s
                  002_thing.sql was applied on 2025-10-30T15:30:01Z and has no file now.

                What to do: Put the changed file back as it was and make the change in a new migration; or, if the \
                database already is as the file says, run 'repair'.
                Give the late file a version above the newest applied one; or say in its header what it needs \
                ('-- migrate:requires <version>'); or set 'out-of-order' to 'apply'.
                Put the missing file back; or, if it is gone for good, run 'repair'.""".formatted(Checksum.of("create 004\n"), Checksum.of("other")));
    }

    @Test
    void anOlderReleaseStartsOnANewerSchema() {
        plans.database().with(Event.APPLIED, ONE, TWO, THREE);

        MigrationPlan plan = plans.migrate("head", ONE);
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.notes())
                .containsExactly("the database is ahead of these files: 002, 003 applied by a newer release."
                        + " Starting all the same.");
    }

    @Test
    void aRepeatableWithoutItsFileIsNotedAndNoError() {
        plans.database().with(Event.APPLIED, ONE, VIEW);

        MigrationPlan plan = plans.migrate("head", ONE);
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.notes())
                .containsExactly("R_view applied, and without a file here: of a newer release, or deleted."
                        + " If deleted, run 'repair'.");
    }

    @Test
    void aReformattedFileIsNotedAndNoError() {
        plans.database().with(Event.APPLIED, ONE);

        assertThat(plans.migrate("head", withUp(ONE, "create   001")).notes())
                .containsExactly("001 reformatted since applied: only comments or white space differ.");
    }

    @Test
    void severalHeadsAreSaid() {
        Migration left = requiring("002", "001");
        Migration right = requiring("003", "001");

        assertThat(plans.migrate("head", ONE, left, right).notes())
                .containsExactly(
                        "there are 2 heads, 002 and 003, and head means all of them. To go to one, name it; to join"
                                + " them, use 'merge'.");
        assertThat(plans.migrate("2", ONE, left, right).notes()).isEmpty();
        plans.database().with(Event.APPLIED, ONE, left, right);
        assertThat(plans.migrate("head", ONE, left, right).notes()).isEmpty();
    }
}
