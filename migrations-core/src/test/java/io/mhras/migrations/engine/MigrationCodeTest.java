package io.mhras.migrations.engine;

import static io.mhras.migrations.TestMigrations.plain;
import static io.mhras.migrations.TestMigrations.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.Checksum;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Kind;
import io.mhras.migrations.HistoryEntry.Recorded;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationCode;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationHistory.KeptScripts;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A migration whose body is code, beside scripts. */
class MigrationCodeTest {

    private static final Migration ONE = plain("001");
    private static final Migration THREE = plain("003");
    private static final String UNSUPPORTED = """
            com.example.FillNames: 002 fill names is code, and migrations of postgresql are scripts only.

            What to do: Write it as a script.""";
    private static final String WITHOUT_TEXT = """
            com.example.FillNames: 002 fill names is code, and an offline script holds text only.

            What to do: Let a service or the command line apply it, and make one script up to the version before it and another from it on.""";

    private final RecordedDatabase database = new RecordedDatabase();

    private static Migration code(String revision) {
        return new Migration(
                MigrationVersion.of("002"),
                "fill names",
                null,
                new MigrationCode("FillNames", "com.example.FillNames", revision, new Object()),
                null,
                null);
    }

    private Migrator migrator(String revision) {
        return new Migrator(database, () -> set(ONE, code(revision), THREE));
    }

    private static Item item(Migrator migrator) {
        return migrator.status().migrations().get(1);
    }

    @Test
    void isPlannedAndShownLikeAScript() {
        MigrationPlan plan = migrator("1").plan(Target.HEAD);

        assertThat(plan.steps().get(1)).hasToString("apply 002 fill names (FillNames)");
        assertThat(plan.steps().get(1).runsCode()).isTrue();
        assertThat(plan.steps().get(0).runsCode()).isFalse();
        Item item = item(migrator("1"));
        assertThat(item.state()).isEqualTo(MigrationState.PENDING);
        assertThat(item.script()).isEqualTo("FillNames");
        assertThat(item.location()).isEqualTo("com.example.FillNames");
        assertThat(item.checksum()).isEqualTo(Checksum.of("1"));
    }

    @Test
    void theHistoryHasItsRevisionAndKeepsNoText() {
        database.runningCode();
        Migrator migrator = migrator("1");

        HistoryEntry entry = migrator.migrate(Target.HEAD).events().get(1);

        MigrationVersion two = MigrationVersion.of("002");
        assertThat(entry.recorded())
                .isEqualTo(new Recorded(two, "fill names", "FillNames", Checksum.of("1"), Kind.JAVA, "1"));
        assertThat(database.scripts(List.of(two)).values()).containsExactly(new KeptScripts(null, null));
        assertThat(item(migrator).state()).isEqualTo(MigrationState.APPLIED);
        assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
    }

    @Test
    void anotherRevisionIsAChange() {
        database.runningCode();
        migrator("1").migrate(Target.HEAD);

        assertThat(item(migrator("2")).state()).isEqualTo(MigrationState.CHANGED);
    }

    @Test
    void whereTheDriverRunsNoCodeNothingRuns() {
        Migrator migrator = migrator("1");

        Plans.refused(() -> migrator.migrate(Target.HEAD), InvalidMigration.class, UNSUPPORTED);

        assertThat(database.entries()).isEmpty();
        migrator.migrate(Target.parse("001"));
        assertThat(database.applied()).containsExactly(ONE.version());
    }

    @Test
    void whereTheDriverRunsNoCodeNothingIsPreviewed() {
        Migrator migrator = migrator("1");
        MigrationPlan plan = migrator.plan(Target.HEAD);

        Plans.refused(() -> migrator.preview(plan), InvalidMigration.class, UNSUPPORTED);
    }

    @Test
    void anOfflineScriptCannotHoldIt() {
        database.runningCode();
        Migrator migrator = migrator("1");

        Plans.refused(
                () -> migrator.planOffline(List.of(Target.BASE), Target.HEAD), InvalidMigration.class, WITHOUT_TEXT);

        assertThat(Plans.steps(migrator.planOffline(List.of(Target.BASE), Target.parse("001"))
                        .plan()))
                .containsExactly("APPLIED 001");
        assertThat(Plans.steps(migrator.planOffline(List.of(Target.parse("002")), Target.HEAD)
                        .plan()))
                .containsExactly("APPLIED 003");
    }
}
