package io.mhras.migrations.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.HistoryEntry.Kind;
import io.mhras.migrations.MigrationException.HistoryConflict;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import org.junit.jupiter.api.Test;

/** What every kind of database must do alike with a file that stands for all before it. */
public interface BaselineContract extends ContractDatabase {

    /** All files, and one that makes what the first two make. */
    default Files withBaseline() {
        return files().with("B002__all" + extension(), create("one") + create("two"));
    }

    /** The same, without the files that it stands for. */
    default Files squashed() {
        return withBaseline()
                .without("001_one" + extension())
                .without("001_one.down" + extension())
                .without("002_two" + extension())
                .without("002_two.down" + extension());
    }

    private static Kind kindOf(String version, Migrator migrator) {
        return migrator.history().stream()
                .filter(entry -> entry.version().equals(MigrationVersion.of(version)))
                .findFirst()
                .orElseThrow()
                .recorded()
                .kind();
    }

    /** An up-to-date start reads one row, if that has a fingerprint that is known to the files. */
    private void assertUpToDateByOneRow(Files files) {
        assertThat(files.set().isWhole(driver().newest().orElseThrow().fingerprint()))
                .isTrue();
        Migrator migrator = migrator(files);
        assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
        assertThat(migrator.status().summary()).isEqualTo(Summary.UP_TO_DATE);
        migrator.validate(Target.HEAD);
    }

    @Test
    default void onAnEmptyDatabaseTheNewestBaselineRunsInPlaceOfAllBeforeIt() {
        Files files = withBaseline().with("B001__old" + extension(), create("one"));
        Migrator migrator = migrator(files);
        assertThat(migrator.status().migrations())
                .extracting(Item::script)
                .containsExactly("B002__all" + extension(), "003_three" + extension());
        assertThat(migrator.plan(Target.HEAD).steps())
                .extracting(MigrationStep::toString)
                .containsExactly(
                        "baseline 002 all (B002__all" + extension() + ")",
                        "apply 003 three (003_three" + extension() + ")");

        migrator.migrate(Target.HEAD);

        assertThat(events(migrator)).containsExactly("BASELINED 002", "APPLIED 003");
        assertThat(exists("one") && exists("two") && exists("three")).isTrue();
        assertThat(kindOf("002", migrator)).isEqualTo(Kind.BASELINE);
        assertThat(migrator.status().current()).hasToString("[003]");
        assertThat(migrator.status().migrations()).extracting(Item::state).containsOnly(MigrationState.APPLIED);
        assertUpToDateByOneRow(files);
        assertUpToDateByOneRow(squashed());
    }

    @Test
    default void aTargetBelowTheBaselineRunsWhatIsBeforeIt() {
        migrator(withBaseline()).migrate(Target.parse("001"));

        migrator(withBaseline()).migrate(Target.HEAD);

        assertThat(events(migrator(files()))).containsExactly("APPLIED 001", "APPLIED 002", "APPLIED 003");
        assertUpToDateByOneRow(withBaseline());
    }

    @Test
    default void aBaselineIsOneOfTheNextWhereItsFilesAreGone() {
        Migrator migrator = migrator(squashed());

        migrator.migrate(Target.parse("+1"));
        assertThat(events(migrator)).containsExactly("BASELINED 002");
        assertThat(migrator.status().current()).hasToString("[002]");
        migrator.migrate(Target.parse("+1"));
        assertThat(events(migrator)).containsExactly("BASELINED 002", "APPLIED 003");
        assertUpToDateByOneRow(squashed());
    }

    @Test
    default void whereAllHasRunTheBaselineDoesNotAndItsFilesMayGo() {
        migrator(files()).migrate(Target.HEAD);
        assertUpToDateByOneRow(withBaseline());

        Migrator migrator = migrator(squashed());
        assertThat(migrator.status().summary()).isEqualTo(Summary.UP_TO_DATE);
        migrator.validate(Target.HEAD);
        migrator.migrate(Target.HEAD);

        assertThat(events(migrator))
                .containsExactly("APPLIED 001", "APPLIED 002", "APPLIED 003", "ARCHIVED 001", "ARCHIVED 002");
        assertUpToDateByOneRow(squashed());
        assertThat(migrator(files()).migrate(Target.HEAD).isUpToDate()).isTrue();

        migrator.rollback(Target.parse("001"));
        assertThat(exists("one")).isTrue();
        assertThat(exists("two") || exists("three")).isFalse();
    }

    @Test
    default void aDatabaseThatIsBehindIsNotBroughtPastWhatHasNoFiles() {
        migrator(files()).migrate(Target.parse("001"));
        Migrator migrator = migrator(squashed());

        assertThatThrownBy(() -> migrator.migrate(Target.HEAD))
                .isInstanceOf(HistoryConflict.class)
                .hasMessageContaining("is at 001, and what comes after that up to 002 has no files here: B002__all"
                        + extension() + " stands for it, and runs on an empty database only.")
                .hasMessageContaining("mark that as applied with 'stamp 002'");
        assertThatThrownBy(() -> migrator.validate(Target.HEAD)).isInstanceOf(HistoryConflict.class);
        assertThat(migrator.status().summary()).isEqualTo(Summary.CONFLICT);
        assertThat(exists("three")).isFalse();

        migrator(files()).migrate(Target.HEAD);
        migrator.migrate(Target.HEAD);
        assertUpToDateByOneRow(squashed());
    }

    @Test
    default void onADatabaseThatIsNotEmptyTheFilesRunOrItIsRefused() {
        make("other");
        Migrator migrator = migrator(squashed());

        assertThatThrownBy(() -> migrator.migrate(Target.HEAD))
                .isInstanceOf(HistoryConflict.class)
                .hasMessageContaining("is not empty and has no history, and what comes up to 002 has no files here");

        migrator(withBaseline()).migrate(Target.HEAD);
        assertThat(events(migrator)).containsExactly("APPLIED 001", "APPLIED 002", "APPLIED 003");
    }

    @Test
    default void whereItsFilesAreGoneTheBaselineIsStamped() {
        make("one");
        make("two");
        Migrator migrator = migrator(squashed());
        migrator.stamp(Target.parse("002"));

        migrator.migrate(Target.HEAD);

        assertThat(events(migrator)).containsExactly("STAMPED 002", "APPLIED 003");
        assertThat(kindOf("002", migrator)).isEqualTo(Kind.BASELINE);
        assertUpToDateByOneRow(squashed());
        assertThat(migrator.planStamp(Target.HEAD).steps()).isEmpty();
    }

    @Test
    default void whatTheBaselineMadeHasNoWayBack() {
        Migrator migrator = migrator(withBaseline());
        migrator.migrate(Target.HEAD);

        for (String target : new String[] {"base", "001", "-2"}) {
            assertThatThrownBy(() -> migrator.rollback(Target.parse(target)))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("Nothing was rolled back: this database was made by B002__all" + extension()
                            + ", in place of the migrations up to 002, and that has no way back.");
        }
        assertThatThrownBy(() -> migrator(squashed()).rollback(Target.parse("001")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("was made by B002__all" + extension());
        assertThatThrownBy(() -> migrator.rollback(Target.parse("009"))).isInstanceOf(InvalidTarget.class);
        assertThat(exists("three")).isTrue();

        migrator.rollback(Target.parse("002"));
        assertThat(exists("two")).isTrue();
        assertThat(exists("three")).isFalse();
        migrator.migrate(Target.HEAD);
        assertUpToDateByOneRow(withBaseline());
    }

    @Test
    default void aBaselineThatFailsRunsAgainWhenMended() {
        Migrator broken = migrator(squashed().with("B002__all" + extension(), failing("one")));
        assertThatThrownBy(() -> broken.migrate(Target.HEAD))
                .isInstanceOf(ScriptFailed.class)
                .hasMessageContaining("B002__all" + extension());
        assertThat(broken.status().summary()).isEqualTo(Summary.FAILED);

        migrator(squashed()).migrate(Target.HEAD);

        assertThat(events(broken)).containsExactly("FAILED 002", "BASELINED 002", "APPLIED 003");
        assertUpToDateByOneRow(squashed());
    }

    @Test
    default void aBaselineThatWasChangedIsRefusedWhereItRanAndRepairAcceptsIt() {
        migrator(withBaseline()).migrate(Target.HEAD);
        Files changed = withBaseline().with("B002__all" + extension(), create("one") + create("deux"));

        assertThatThrownBy(() -> migrator(changed).migrate(Target.HEAD))
                .isInstanceOf(HistoryConflict.class)
                .hasMessageContaining("B002__all" + extension() + " was changed after it was applied on ");

        migrator(changed).repair();
        assertUpToDateByOneRow(changed);
        assertThat(migrator(changed).history().get(0).recorded().kind()).isEqualTo(Kind.BASELINE);
    }

    @Test
    default void aNewerBaselineStandsForAnOlderOneToo() {
        migrator(withBaseline()).migrate(Target.HEAD);
        Files newer = new Files()
                .with("B003__all" + extension(), create("one") + create("two") + create("three"))
                .with("004_four" + extension(), create("four"));

        migrator(newer).migrate(Target.HEAD);

        assertThat(events(migrator(newer)))
                .containsExactly("BASELINED 002", "APPLIED 003", "ARCHIVED 002", "ARCHIVED 003", "APPLIED 004");
        assertUpToDateByOneRow(newer);
    }

    /** Makes a thing without the migrations. */
    void make(String name);
}
