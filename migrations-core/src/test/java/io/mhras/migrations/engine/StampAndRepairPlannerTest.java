package io.mhras.migrations.engine;

import static io.mhras.migrations.TestMigrations.plain;
import static io.mhras.migrations.TestMigrations.requiring;
import static io.mhras.migrations.TestMigrations.set;
import static io.mhras.migrations.TestMigrations.withDown;
import static io.mhras.migrations.TestMigrations.withUp;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationPlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampAndRepairPlannerTest {

    private static final Migration ONE = plain("001");
    private static final Migration TWO = plain("002");
    private static final Migration THREE = plain("003");
    private static final Migration VIEW = withDown(plain("R_view"), null);

    private final Plans plans = new Plans(new RecordedDatabase());

    @Test
    void aVersionMarksExactlyWhatLeadsToIt() {
        plans.database().with(Event.APPLIED, ONE, THREE);

        assertThat(Plans.steps(plans.stamp(List.of("2"), ONE, TWO, THREE, VIEW)))
                .containsExactly("UNSTAMPED 003", "STAMPED 002");
    }

    @Test
    void headMarksEverythingButRepeatables() {
        assertThat(Plans.steps(plans.stamp(List.of("head"), ONE, TWO, VIEW)))
                .containsExactly("STAMPED 001", "STAMPED 002");
    }

    @Test
    void baseMarksNothingAsApplied() {
        plans.database().with(Event.APPLIED, ONE, TWO);

        assertThat(Plans.steps(plans.stamp(List.of("base"), ONE))).containsExactly("UNSTAMPED 001", "UNSTAMPED 002");
    }

    @Test
    void severalVersionsMarkSeveralBranches() {
        Migration left = requiring("002", "001");
        Migration right = requiring("003", "001");

        assertThat(Plans.steps(plans.stamp(List.of("2", "3"), ONE, left, right, requiring("004", "002", "003"))))
                .containsExactly("STAMPED 001", "STAMPED 002", "STAMPED 003");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", "-1"})
    void aCountCannotBeStamped(String target) {
        Plans.refused(
                () -> plans.stamp(List.of(target), ONE),
                InvalidTarget.class,
                "'" + target + "' cannot be stamped.\n\nWhat to do: Use head, base, or one or more versions.");
    }

    @Test
    void stampedAnewAreThoseThatAreAppliedTooWithTheirFilesAsTheyAre() {
        plans.database().with(Event.APPLIED, ONE, TWO, plain("009"));
        Migration changed = withUp(TWO, "other");

        MigrationPlan plan = plans.stampAnew("2", ONE, changed, THREE);

        assertThat(Plans.steps(plan)).containsExactly("UNSTAMPED 009", "STAMPED 001", "STAMPED 002");
        assertThat(plan.steps().get(2).fingerprint())
                .isEqualTo(set(ONE, changed).fingerprint());
    }

    @Test
    void changedFilesAreAcceptedAndMissingOnesArchived() {
        plans.database().with(Event.APPLIED, ONE, TWO, THREE);
        Migration changed = withUp(TWO, "other");
        Migration reformatted = withUp(THREE, "create  003");

        MigrationPlan plan = plans.repair(changed, reformatted, plain("004"));

        assertThat(Plans.steps(plan)).containsExactly("REPAIRED 002", "REPAIRED 003", "ARCHIVED 001");
        assertThat(plan.steps().get(2).fingerprint())
                .isEqualTo(set(changed, reformatted).fingerprint());
    }

    @Test
    void aRepeatableWithoutItsFileIsArchived() {
        plans.database().with(Event.APPLIED, ONE, VIEW);

        assertThat(Plans.steps(plans.repair(ONE))).containsExactly("ARCHIVED R_view");
    }

    @Test
    void whatIsAheadIsLeftAlone() {
        plans.database().with(Event.APPLIED, ONE, TWO);

        assertThat(plans.repair(ONE).isEmpty()).isTrue();
    }

    @Test
    void whatIsArchivedStaysWhereAStampGoesBeyondIt() {
        plans.database().with(Event.APPLIED, ONE, TWO, THREE).with(Event.ARCHIVED, TWO);

        assertThat(plans.stamp(List.of("3"), ONE, THREE).isEmpty()).isTrue();
        assertThat(Plans.steps(plans.stamp(List.of("1"), ONE, THREE)))
                .containsExactly("UNSTAMPED 002", "UNSTAMPED 003");
        assertThat(Plans.steps(plans.stamp(List.of("base"), ONE, THREE)))
                .containsExactly("UNSTAMPED 001", "UNSTAMPED 002", "UNSTAMPED 003");
    }

    @Test
    void whatIsArchivedIsNotInTheFingerprint() {
        plans.database().with(Event.APPLIED, ONE, TWO, THREE).with(Event.ARCHIVED, TWO);

        assertThat(plans.database().newest().orElseThrow().fingerprint())
                .isEqualTo(set(ONE, THREE).fingerprint());
        assertThat(plans.migrate("head", ONE, THREE, plain("004"))
                        .steps()
                        .get(0)
                        .fingerprint())
                .isEqualTo(set(ONE, THREE, plain("004")).fingerprint());
        assertThat(plans.repair(ONE, TWO, THREE).steps().get(0).fingerprint())
                .isEqualTo(set(ONE, TWO, THREE).fingerprint());
    }
}
