package io.mhras.migrations.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException.HistoryConflict;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.testing.Files;
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

    private static String lastLine(String script) {
        return script.stripTrailing().lines().reduce("", (before, line) -> line);
    }

    @Test
    default void aReformattedFileIsNoError() {
        migrator(files()).migrate(Target.HEAD);
        Migrator reformatted = migrator(files().with("002_two" + extension(), reformatted(create("two"))));

        assertThat(reformatted.migrate(Target.HEAD).isUpToDate()).isTrue();
        assertThat(reformatted.status().in(MigrationState.REFORMATTED)).hasSize(1);
        assertThat(reformatted.status().summary()).isEqualTo(Summary.UP_TO_DATE);
    }

    @Test
    default void aMissingFileIsRefusedAndRepairForgetsIt() {
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
