package io.mhras.migrations.engine;

import static io.mhras.migrations.TestMigrations.plain;
import static io.mhras.migrations.TestMigrations.requiring;
import static io.mhras.migrations.TestMigrations.set;
import static io.mhras.migrations.TestMigrations.texts;
import static io.mhras.migrations.TestMigrations.withUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusAssessmentTest {

    private static final Migration ONE = plain("001");
    private static final Migration TWO = plain("002");
    private static final Migration THREE = plain("003");
    private static final Migration VIEW = plain("R_view");

    private final RecordedDatabase database = new RecordedDatabase();

    private MigrationStatus status(Migration... files) {
        return StatusAssessment.of(set(files), database, database).status();
    }

    private List<String> states(Migration... files) {
        return status(files).migrations().stream()
                .map(item -> item.version() + " " + item.state())
                .toList();
    }

    @Test
    void anEmptyDatabaseHasEverythingPending() {
        MigrationStatus status = status(ONE, TWO, VIEW);

        assertThat(states(ONE, TWO, VIEW)).containsExactly("001 PENDING", "002 PENDING", "R_view PENDING");
        assertThat(status.summary()).isEqualTo(Summary.PENDING);
        assertThat(status.pending()).isEqualTo(3);
        assertThat(status.current()).isEmpty();
        assertThat(texts(status.heads())).containsExactly("002");
        assertThat(status.counts()).containsExactly(entry(MigrationState.PENDING, 3));
    }

    @Test
    void noFilesAndNoHistoryIsUpToDate() {
        assertThat(status().summary()).isEqualTo(Summary.UP_TO_DATE);
    }

    @Test
    void whatIsAppliedSaysWhenAndByWhom() {
        database.with(Event.APPLIED, ONE, VIEW).with(Event.STAMPED, TWO);

        MigrationStatus status = status(ONE, TWO, VIEW);

        assertThat(states(ONE, TWO, VIEW)).containsExactly("001 APPLIED", "002 STAMPED", "R_view APPLIED");
        assertThat(status.summary()).isEqualTo(Summary.UP_TO_DATE);
        assertThat(texts(status.current())).containsExactly("002");
        Item one = status.migrations().get(0);
        assertThat(one.appliedAt()).isEqualTo(Instant.parse("2025-10-30T15:30:00Z"));
        assertThat(one.appliedBy()).isEqualTo("admin");
        assertThat(one.duration()).isEqualTo(Duration.ofMillis(5));
        assertThat(one.location()).isEqualTo("classpath:db/migration/001_thing.sql");
        assertThat(one.script()).isEqualTo("001_thing.sql");
    }

    @Test
    void aFailedScriptIsFailedUntilItRuns() {
        database.with(Event.APPLIED, ONE).withFailure(TWO, "syntax error");

        MigrationStatus failed = status(ONE, TWO, THREE);
        assertThat(states(ONE, TWO, THREE)).containsExactly("001 APPLIED", "002 FAILED", "003 PENDING");
        assertThat(failed.summary()).isEqualTo(Summary.FAILED);
        assertThat(failed.migrations().get(1).error()).isEqualTo("syntax error");
        assertThat(failed.pending()).isEqualTo(2);

        database.with(Event.APPLIED, TWO);
        assertThat(states(ONE, TWO)).containsExactly("001 APPLIED", "002 APPLIED");
    }

    @Test
    void aScriptWithoutATransactionThatNeverEndedIsFailed() {
        database.with(Event.STARTED, ONE);

        assertThat(states(ONE)).containsExactly("001 FAILED");
    }

    @Test
    void aFailedRollbackLeavesItApplied() {
        database.with(Event.APPLIED, ONE).withFailure(ONE, "still referenced");

        assertThat(states(ONE)).containsExactly("001 APPLIED");
        assertThat(status(ONE).migrations().get(0).error()).isNull();
    }

    @Test
    void aChangedStatementIsAConflictAndAChangedCommentIsNone() {
        database.with(Event.APPLIED, ONE, TWO);

        assertThat(states(withUp(ONE, "create 001; create more"), withUp(TWO, "-- Why.\n  create   002")))
                .containsExactly("001 CHANGED", "002 REFORMATTED");
        assertThat(status(withUp(ONE, "create 001; create more"), TWO).summary())
                .isEqualTo(Summary.CONFLICT);
        assertThat(status(ONE, withUp(TWO, "-- Why.\n  create   002")).summary())
                .isEqualTo(Summary.UP_TO_DATE);
    }

    @Test
    void whereTheTextWasNotKeptEveryChangeIsAConflict() {
        database.with(Event.APPLIED, ONE).forgetting(ONE);

        assertThat(states(withUp(ONE, "create 001"))).containsExactly("001 CHANGED");
    }

    @Test
    void whatIsStampedAndChangedIsAConflict() {
        database.with(Event.STAMPED, ONE);

        assertThat(states(withUp(ONE, "other"))).containsExactly("001 CHANGED");
    }

    @Test
    void anOlderOneWithoutItsFileIsMissing() {
        database.with(Event.APPLIED, ONE, TWO);

        MigrationStatus status = status(TWO);
        assertThat(states(TWO)).containsExactly("002 APPLIED", "001 MISSING");
        assertThat(status.summary()).isEqualTo(Summary.CONFLICT);
        assertThat(status.migrations().get(1).location()).isNull();
    }

    @Test
    void aNewerOneWithoutItsFileIsAhead() {
        database.with(Event.APPLIED, ONE, TWO, THREE, plain("R_new"));

        MigrationStatus status = status(ONE, VIEW);
        assertThat(states(ONE, VIEW))
                .containsExactly("001 APPLIED", "002 AHEAD", "003 AHEAD", "R_view PENDING", "R_new AHEAD");
        assertThat(texts(status.current())).containsExactly("003");
        database.with(Event.APPLIED, VIEW);
        assertThat(status(ONE, VIEW).summary()).isEqualTo(Summary.AHEAD);
    }

    @Test
    void anOlderReleaseLeavesANewerOnesRepeatableAlone() {
        database.with(Event.APPLIED, ONE, VIEW);
        Migration older = withUp(VIEW, "create older view");

        assertThat(states(ONE, older)).containsExactly("001 APPLIED", "R_view PENDING");

        database.with(Event.APPLIED, TWO);
        assertThat(states(ONE, older)).containsExactly("001 APPLIED", "002 AHEAD", "R_view AHEAD");
    }

    @Test
    void whatComesLateIsOutOfOrderUnlessItSaysWhatItRequires() {
        database.with(Event.APPLIED, ONE, THREE);

        assertThat(states(ONE, TWO, THREE)).containsExactly("001 APPLIED", "002 OUT_OF_ORDER", "003 APPLIED");
        assertThat(status(ONE, TWO, THREE).summary()).isEqualTo(Summary.CONFLICT);
        assertThat(states(ONE, requiring("002", "001"), requiring("003", "001")))
                .containsExactly("001 APPLIED", "002 PENDING", "003 APPLIED");
    }

    @Test
    void whatWasTakenBackIsRolledBackAndWhatWasUnmarkedIsPending() {
        database.with(Event.APPLIED, ONE, TWO, THREE)
                .with(Event.ROLLED_BACK, THREE)
                .with(Event.UNSTAMPED, TWO);

        assertThat(states(ONE, TWO, THREE)).containsExactly("001 APPLIED", "002 PENDING", "003 ROLLED_BACK");
        assertThat(status(ONE, TWO, THREE).summary()).isEqualTo(Summary.PENDING);
    }

    @Test
    void aRepairTakesTheNewChecksumAndKeepsTheOrder() {
        Migration changed = withUp(ONE, "other");
        database.with(Event.APPLIED, ONE, TWO).with(Event.REPAIRED, changed);

        assertThat(states(changed, TWO)).containsExactly("001 APPLIED", "002 APPLIED");
        assertThat(texts(database.applied())).containsExactly("001", "002");
    }

    @Test
    void openBranchesAreAllCurrent() {
        Migration left = requiring("002", "001");
        Migration right = requiring("003", "001");
        database.with(Event.APPLIED, ONE, left, right);

        assertThat(texts(status(ONE, left, right).current())).containsExactly("002", "003");
        assertThat(texts(
                        status(ONE, left, right, requiring("004", "002", "003")).current()))
                .containsExactly("002", "003");
    }

    @Test
    void aRepeatableIsPendingAgainWheneverItChanges() {
        database.with(Event.APPLIED, ONE, VIEW);

        assertThat(states(ONE, withUp(VIEW, "-- A comment is a change too.\ncreate R_view")))
                .containsExactly("001 APPLIED", "R_view PENDING");
    }

    @Test
    void whereItsAbsenceWasAcceptedItIsArchivedAndNoConflict() {
        database.with(Event.APPLIED, ONE, TWO).with(Event.ARCHIVED, ONE);

        assertThat(states(TWO)).containsExactly("002 APPLIED", "001 ARCHIVED");
        assertThat(status(TWO).summary()).isEqualTo(Summary.UP_TO_DATE);
        assertThat(texts(database.applied())).containsExactly("001", "002");
    }

    @Test
    void aBaselineAndWhatAnotherToolAppliedAreApplied() {
        database.with(Event.BASELINED, ONE).with(Event.ADOPTED, TWO);

        assertThat(states(ONE, TWO, THREE)).containsExactly("001 APPLIED", "002 APPLIED", "003 PENDING");
        assertThat(database.newest().orElseThrow().fingerprint())
                .isEqualTo(set(ONE, TWO).fingerprint());
    }

    @Test
    void anObservationChangesNothing() {
        database.with(Event.APPLIED, ONE).withFailure(TWO, "syntax error");
        List<String> before = states(ONE, TWO);

        database.with(Event.OBSERVED, TWO);

        assertThat(states(ONE, TWO)).isEqualTo(before).containsExactly("001 APPLIED", "002 FAILED");
    }

    @Test
    void afterAnObservationAStartIsStillUpToDateByTheNewestRow() {
        database.with(Event.APPLIED, ONE, TWO).with(Event.OBSERVED, TWO);
        Migrator migrator = new Migrator(database, () -> set(ONE, TWO));

        assertThat(database.newest().orElseThrow().fingerprint())
                .isEqualTo(migrator.migrations().fingerprint());
        assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
    }
}
