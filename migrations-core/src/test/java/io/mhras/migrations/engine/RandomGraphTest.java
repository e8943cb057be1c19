package io.mhras.migrations.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.Fingerprint;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.TestMigrations;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every graph of migrations, whatever its form. */
class RandomGraphTest {

    private static final int GRAPHS = 300;

    /** Each with a random source for what the test does with it. */
    private static void forEachGraph(BiConsumer<List<Migration>, Random> test) {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            try {
                test.accept(graph(random), random);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("With seed " + seed, e);
            }
        }
    }

    /** Lines with branches, merges, several roots, requirements of higher versions, and repeatables. */
    private static List<Migration> graph(Random random) {
        TreeSet<Integer> numbers = new TreeSet<>();
        IntStream.range(0, 1 + random.nextInt(25)).forEach(i -> numbers.add(1 + random.nextInt(99)));
        boolean forwardOnly = random.nextBoolean();
        List<Integer> order = new ArrayList<>(numbers);
        if (!forwardOnly) {
            Collections.shuffle(order, random);
        }
        List<Migration> migrations = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            String version = "%03d".formatted(order.get(i));
            boolean plain = forwardOnly && random.nextInt(3) > 0;
            migrations.add(plain ? TestMigrations.plain(version) : requiringSome(version, order.subList(0, i), random));
        }
        IntStream.range(0, random.nextInt(4)).forEach(i -> migrations.add(repeatable(i, random)));
        Collections.shuffle(migrations, random);
        return migrations;
    }

    private static Migration repeatable(int number, Random random) {
        Migration repeatable = TestMigrations.plain("R_" + number);
        return random.nextBoolean() ? repeatable : TestMigrations.withDown(repeatable, null);
    }

    private static Migration requiringSome(String version, List<Integer> earlier, Random random) {
        List<MigrationVersion> requires = earlier.stream()
                .filter(number -> random.nextInt(earlier.size()) < 2)
                .map(number -> MigrationVersion.of(number.toString()))
                .toList();
        return TestMigrations.migration(version, requires);
    }

    private static Migrator migrator(MigrationSet set, RecordedDatabase database) {
        return new Migrator(database, () -> set);
    }

    private static List<MigrationVersion> versions(MigrationPlan plan) {
        return plan.steps().stream().map(MigrationStep::version).toList();
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private static String fingerprint(RecordedDatabase database) {
        return AppliedMigrations.of(database.entries()).fingerprint().toString();
    }

    private static void assertNothingStandsWithoutItsRequirements(MigrationSet set, RecordedDatabase database) {
        Set<MigrationVersion> before = new HashSet<>();
        for (MigrationVersion version : database.applied()) {
            assertThat(before).containsAll(set.requirements(version));
            before.add(version);
        }
    }

    @Test
    void theOrderRespectsRequirementsAndIsAlwaysTheSame() {
        forEachGraph((migrations, random) -> {
            MigrationSet set = MigrationSet.of(migrations);
            Collections.shuffle(migrations, random);

            assertThat(MigrationSet.of(migrations).migrations()).isEqualTo(set.migrations());
            assertThat(set.migrations()).hasSameSizeAs(migrations);
            RecordedDatabase database =
                    new RecordedDatabase().with(Event.APPLIED, set.migrations().toArray(Migration[]::new));
            assertNothingStandsWithoutItsRequirements(set, database);
            set.heads().forEach(head -> assertThat(set.dependents(head)).isEmpty());
        });
    }

    @Test
    void whateverTheStagesRequirementsAreAppliedFirst() {
        forEachGraph((migrations, random) -> {
            MigrationSet set = MigrationSet.of(migrations);
            RecordedDatabase database = new RecordedDatabase();
            // Jumps to a version leave out what is older and on another branch.
            Migrator migrator = migrator(set, database).with(new MigratorSettings(OutOfOrder.APPLY, false));
            List<Migration> versioned =
                    set.migrations().stream().filter(one -> !one.isRepeatable()).toList();

            for (int i = 0; i < 3; i++) {
                Migration target = versioned.get(random.nextInt(versioned.size()));
                migrator.migrate(new Target.Version(target.version().toString()));
                assertThat(database.applied()).contains(target.version());
                assertNothingStandsWithoutItsRequirements(set, database);
            }
            migrator.migrate(Target.HEAD);

            assertNothingStandsWithoutItsRequirements(set, database);
            assertThat(database.applied()).hasSameSizeAs(set.migrations());
            assertThat(database.newest())
                    .hasValueSatisfying(
                            newest -> assertThat(newest.fingerprint()).isEqualTo(set.fingerprint()));
            assertThat(migrator.status().summary()).isEqualTo(MigrationStatus.Summary.UP_TO_DATE);
            assertThat(migrator.plan(Target.HEAD).isEmpty()).isTrue();
        });
    }

    @Test
    void aRollbackIsTheReverseOfWhatWasApplied() {
        forEachGraph((migrations, random) -> {
            MigrationSet set = MigrationSet.of(migrations);
            RecordedDatabase database = new RecordedDatabase();
            Migrator migrator = migrator(set, database);
            migrator.migrate(Target.HEAD);
            List<MigrationVersion> applied = database.applied();
            int versioned = (int)
                    applied.stream().filter(version -> !version.isRepeatable()).count();
            int count = 1 + random.nextInt(versioned);

            MigrationPlan plan = migrator.planRollback(new Target.Back(count));
            assertThat(versions(plan)).isEqualTo(reversed(applied.subList(versioned - count, applied.size())));

            migrator.rollback(new Target.Back(count));
            assertThat(database.applied()).isEqualTo(applied.subList(0, versioned - count));
            assertNothingStandsWithoutItsRequirements(set, database);

            migrator.migrate(Target.HEAD);
            assertThat(database.applied()).isEqualTo(applied);
            assertThat(fingerprint(database)).isEqualTo(set.fingerprint());
        });
    }

    @Test
    void aRollbackToAVersionLeavesItAndNothingThatDependsOnIt() {
        forEachGraph((migrations, random) -> {
            MigrationSet set = MigrationSet.of(migrations);
            RecordedDatabase database = new RecordedDatabase();
            Migrator migrator = migrator(set, database);
            migrator.migrate(Target.HEAD);
            List<MigrationVersion> versioned = database.applied().stream()
                    .filter(version -> !version.isRepeatable())
                    .toList();
            MigrationVersion stays = versioned.get(random.nextInt(versioned.size()));

            migrator.rollback(new Target.Version(stays.toString()));

            assertThat(database.applied()).contains(stays);
            assertThat(set.dependents(stays)).noneMatch(database.applied()::contains);
            assertNothingStandsWithoutItsRequirements(set, database);
        });
    }

    @Test
    void migratingAndRollingBackToBaseLeavesNothing() {
        forEachGraph((migrations, random) -> {
            MigrationSet set = MigrationSet.of(migrations);
            RecordedDatabase database = new RecordedDatabase();
            Migrator migrator = migrator(set, database);

            migrator.migrate(Target.HEAD);
            migrator.rollback(Target.BASE);

            assertThat(database.applied()).isEmpty();
            assertThat(database.newest())
                    .hasValueSatisfying(
                            newest -> assertThat(newest.fingerprint()).isEqualTo(Fingerprint.EMPTY.toString()));
        });
    }
}
