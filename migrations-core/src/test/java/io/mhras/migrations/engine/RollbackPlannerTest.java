package io.mhras.migrations.engine;

import static io.mhras.migrations.TestMigrations.plain;
import static io.mhras.migrations.TestMigrations.requiring;
import static io.mhras.migrations.TestMigrations.withDown;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.Fingerprint;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollbackPlannerTest {

    private static final Migration ONE = plain("001");
    private static final Migration TWO = plain("002");
    private static final Migration THREE = plain("003");
    private static final Migration VIEW = withDown(plain("R_view"), null);

    private final Plans plans = new Plans(new RecordedDatabase());

    @Test
    void aCountTakesBackTheLastAsApplied() {
        plans.database().with(Event.APPLIED, ONE, THREE, TWO);

        assertThat(Plans.steps(plans.rollback("-1", ONE, TWO, THREE))).containsExactly("ROLLED_BACK 002");
        assertThat(Plans.steps(plans.rollback("-2", ONE, TWO, THREE)))
                .containsExactly("ROLLED_BACK 002", "ROLLED_BACK 003");
    }

    @Test
    void aCountBeyondTheBeginningIsAnError() {
        plans.database().with(Event.APPLIED, ONE);

        Plans.refused(
                () -> plans.rollback("-2", ONE),
                InvalidTarget.class,
                "'-2' asks for 2, and there is only 1 to roll back.\n\n"
                        + "What to do: Use base to roll back all there is.");
    }

    @Test
    void baseTakesBackEverything() {
        plans.database().with(Event.APPLIED, ONE, TWO);
        MigrationPlan plan = plans.rollback("base", ONE, TWO, THREE);

        assertThat(Plans.steps(plan)).containsExactly("ROLLED_BACK 002", "ROLLED_BACK 001");
        assertThat(plan.steps().get(1).fingerprint()).isEqualTo(Fingerprint.EMPTY.toString());
    }

    @Test
    void aVersionStaysTheNewest() {
        plans.database().with(Event.APPLIED, ONE, TWO, THREE);

        assertThat(Plans.steps(plans.rollback("1", ONE, TWO, THREE)))
                .containsExactly("ROLLED_BACK 003", "ROLLED_BACK 002");
    }

    @Test
    void aVersionInAGraphTakesBackOnlyWhatDependsOnIt() {
        Migration left = requiring("002", "001");
        Migration right = requiring("003", "001");
        Migration leftmost = requiring("004", "002");
        plans.database().with(Event.APPLIED, ONE, left, right, leftmost);

        assertThat(Plans.steps(plans.rollback("2", ONE, left, right, leftmost))).containsExactly("ROLLED_BACK 004");
    }

    @Test
    void whatANewerReleaseAppliedIsTakenBackWithTheKeptScript() {
        plans.database().with(Event.APPLIED, ONE, TWO, THREE);

        MigrationPlan plan = plans.rollback("1", ONE);

        assertThat(Plans.steps(plan)).containsExactly("ROLLED_BACK 003", "ROLLED_BACK 002");
        MigrationScript down = Objects.requireNonNull(plan.steps().get(0).script());
        assertThat(down.text()).isEqualTo("drop 003\n");
        assertThat(down.name()).isEqualTo("003_thing.down.sql");
        assertThat(down.location()).isEqualTo("the history of postgresql, 003_thing.down.sql");
    }

    @Test
    void theFilesDownScriptWinsAsItMayHaveBeenMended() {
        plans.database().with(Event.APPLIED, ONE);

        MigrationStep step =
                plans.rollback("-1", withDown(ONE, "drop better")).steps().get(0);
        assertThat(Objects.requireNonNull(step.script()).text()).isEqualTo("drop better");
    }

    @Test
    void theKeptScriptHelpsWhereTheFileIsGone() {
        plans.database().with(Event.APPLIED, ONE);

        MigrationStep step = plans.rollback("-1", withDown(ONE, null)).steps().get(0);
        assertThat(Objects.requireNonNull(step.script()).text()).isEqualTo("drop 001\n");
    }

    @Test
    void withoutADownScriptNothingIsRolledBack() {
        Migration one = withDown(ONE, null);
        Migration two = withDown(TWO, null);
        plans.database().with(Event.APPLIED, one, two, THREE);

        Plans.refused(
                () -> plans.rollback("base", one, two, THREE),
                Refused.class,
                "Nothing was rolled back: there is no down script for 001_thing.sql, 002_thing.sql.\n\n"
                        + "What to do: Write the file that takes it back beside it, for example"
                        + " 001_thing.down.sql, and try again.");
        assertThat(Plans.steps(plans.rollback("-1", one, two, THREE))).containsExactly("ROLLED_BACK 003");
    }

    @Test
    void aRepeatableThatRanAfterwardsIsTakenBackFirst() {
        Migration view = plain("R_view");
        plans.database().with(Event.APPLIED, ONE, TWO, view);

        assertThat(Plans.steps(plans.rollback("-1", ONE, TWO, view)))
                .containsExactly("ROLLED_BACK R_view", "ROLLED_BACK 002");
    }

    @Test
    void aRepeatableWithoutADownScriptRunsAgainWithTheNextMigrate() {
        plans.database().with(Event.APPLIED, ONE, TWO, VIEW);

        MigrationPlan plan = plans.rollback("-1", ONE, TWO, VIEW);

        assertThat(Plans.steps(plan)).containsExactly("UNSTAMPED R_view", "ROLLED_BACK 002");
        assertThat(plan.notes())
                .containsExactly(
                        "R_view has no down script: what it made stays, and it runs again with the next" + " migrate.");
    }

    @Test
    void aRepeatableThatRanBeforeIsLeftAlone() {
        plans.database().with(Event.APPLIED, ONE, VIEW, TWO);

        assertThat(Plans.steps(plans.rollback("-1", ONE, TWO, VIEW))).containsExactly("ROLLED_BACK 002");
    }

    @Test
    void whereNothingIsBeyondTheTargetItSaysSo() {
        plans.database().with(Event.APPLIED, ONE);

        MigrationPlan plan = plans.rollback("1", ONE, TWO);
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.notes()).containsExactly("nothing is applied beyond 1.");
    }

    @Test
    void aRollbackEndsAtWhatIsApplied() {
        plans.database().with(Event.APPLIED, ONE);

        Plans.refused(
                () -> plans.rollback("2", ONE, TWO),
                InvalidTarget.class,
                "The rollback cannot end at 002: it is not applied.\n\n"
                        + "What to do: Choose an applied version; 'status' lists them.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"head", "+1"})
    void goingForwardIsNoRollback(String target) {
        Plans.refused(
                () -> plans.rollback(target, ONE),
                InvalidTarget.class,
                "'" + target + "' does not go back, and a rollback does.\n\n"
                        + "What to do: Use base, -n (the last n), or the version that is to stay the newest.");
    }
}
