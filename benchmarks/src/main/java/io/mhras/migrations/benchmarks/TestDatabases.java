package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.contestant.Entrant;
import io.mhras.migrations.test.Migrations;
import io.mhras.migrations.test.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;

/** A migrated database for a test class. */
final class TestDatabases implements Workload {

    private static final int MIGRATIONS = 500;
    private static final int WARM_UPS = 3;
    private static final double A_TENTH = 0.1;

    private static final String COPY = "MHRAS Migrations, a test's database";
    private static final String DROP = "MHRAS Migrations, dropping it";
    private static final String RUN = "MHRAS Migrations, on an empty database";
    private static final String FLYWAY = "Flyway, clean and migrate";

    @Override
    public String key() {
        return "test-databases";
    }

    @Override
    public List<Result> run(Bench bench) {
        int count = Math.min(MIGRATIONS, bench.effort().mostMigrations());
        Figures figures = new Figures(Column.TIME);
        Path files = bench.files().small(count, Entrant.OURS);
        try (Migrations migrations = Migrations.in("filesystem:" + files);
                TestDatabase cleaned = migrations.at("base")) {
            // The first makes the template.
            migrations.database().close();
            Flyway flyway = Flyway.configure()
                    .dataSource(cleaned.dataSource())
                    .locations("filesystem:" + bench.files().small(count, Entrant.FLYWAY))
                    .cleanDisabled(false)
                    .load();
            Map<String, Consumer<Boolean>> turns = Map.of(
                    COPY, counts -> copy(cleaned, migrations, count, figures, counts),
                    RUN, counts -> run(cleaned, migrations, count, figures, counts),
                    FLYWAY, counts -> cleanAndMigrate(flyway, cleaned, count, figures, counts));
            List<String> labels = List.of(COPY, RUN, FLYWAY);
            Figures unmeasured = new Figures(Column.TIME);
            bench.takeTurns(
                    WARM_UPS,
                    labels,
                    label -> label,
                    unmeasured,
                    label -> Objects.requireNonNull(turns.get(label)).accept(false));
            bench.takeTurns(
                    bench.effort().repetitions(),
                    labels,
                    label -> label,
                    figures,
                    label -> Objects.requireNonNull(turns.get(label)).accept(true));
        }
        return List.of(new Result(
                "A migrated database for a test, %,d small migrations".formatted(count),
                "On the server that migrations-test keeps, which does not sync to disk; all in one warm JVM. Ours is a copy of"
                        + " a template. Below it are the dropping of it after the test, and the migrations themselves on an empty"
                        + " database.",
                figures,
                List.of(Goal.ratio(figures, Column.TIME, COPY, RUN, A_TENTH))));
    }

    /** Nobody shall pay for the pages that the one before has dirtied. */
    private static void settle(TestDatabase database) {
        database.jdbc().sql("CHECKPOINT").update();
    }

    private static void copy(TestDatabase other, Migrations migrations, int count, Figures figures, boolean counts) {
        settle(other);
        long began = System.nanoTime();
        TestDatabase database = migrations.database();
        long made = System.nanoTime();
        expect(database, count);
        long counted = System.nanoTime();
        database.close();
        add(figures, COPY, made - began, counts);
        add(figures, DROP, System.nanoTime() - counted, counts);
    }

    private static void run(TestDatabase other, Migrations migrations, int count, Figures figures, boolean counts) {
        try (TestDatabase database = migrations.at("base")) {
            settle(other);
            long began = System.nanoTime();
            database.upgrade();
            add(figures, RUN, System.nanoTime() - began, counts);
            expect(database, count);
        }
    }

    private static void cleanAndMigrate(
            Flyway flyway, TestDatabase database, int count, Figures figures, boolean counts) {
        settle(database);
        long began = System.nanoTime();
        flyway.clean();
        flyway.migrate();
        add(figures, FLYWAY, System.nanoTime() - began, counts);
        expect(database, count);
    }

    private static void add(Figures figures, String label, long nanos, boolean counts) {
        if (counts) {
            figures.add(label, Column.TIME, nanos);
        }
    }

    private static void expect(TestDatabase database, int count) {
        Integer found = database.jdbc()
                .sql(MigrationFiles.COUNT_SMALL)
                .query(Integer.class)
                .single();
        if (found != count) {
            throw new ContestantFailedException("did " + found + " of " + count);
        }
    }
}
