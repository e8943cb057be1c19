package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.Server.Database;
import io.mhras.migrations.benchmarks.WorkerProcess.Work;
import io.mhras.migrations.benchmarks.contestant.Entrant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All instances of a service start at once, and the database is empty. */
final class ManyInstances implements Workload {

    private static final int MIGRATIONS = 100;
    private static final int MOST_TURNS = 5;
    private static final double AS_ONE_ALONE = 1.3;
    // Many JVMs on one machine: none may take what the others need. The same for everyone.
    private static final String[] SMALL_JVM = {"-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

    @Override
    public String key() {
        return "many-instances";
    }

    @Override
    public List<Result> run(Bench bench) {
        int instances = bench.effort().instances();
        Figures figures = new Figures(Column.TIME, Column.FAILED_INSTANCES);
        List<Instances> all = new ArrayList<>();
        try {
            for (Entrant entrant : List.of(Entrant.OURS, Entrant.FLYWAY, Entrant.LIQUIBASE, Entrant.JDBC)) {
                all.add(new Instances(entrant, new ArrayList<>()));
            }
            bench.takeTurns(1, all, Instances::all, figures, it -> it.start(bench, instances));
            int turns = Math.min(MOST_TURNS, bench.effort().repetitions());
            bench.takeTurns(turns, all, Instances::all, figures, it -> it.measure(bench, figures));
        } finally {
            all.forEach(Instances::close);
        }
        List<Goal> goals = new ArrayList<>();
        Instances ours = all.get(0);
        goals.add(Goal.ratio(figures, Column.TIME, ours.all(), ours.alone(), AS_ONE_ALONE));
        goals.add(Goal.atMost(figures, Column.FAILED_INSTANCES, ours.all(), 0));
        return List.of(new Result(
                instances + " instances at once on an empty database, " + MIGRATIONS + " migrations",
                "A JVM for each instance, warm by one run on a database of its own, with new connections; the time from the"
                        + " start signal to the end of the last one. One alone is the first of these JVMs.",
                figures,
                goals));
    }

    private record Instances(Entrant entrant, List<WorkerProcess> workers) {

        String all() {
            return entrant.label() + ", all at once";
        }

        String alone() {
            return entrant.label() + ", one alone";
        }

        private Path folder(Bench bench) {
            return bench.files().small(MIGRATIONS, entrant);
        }

        void start(Bench bench, int count) {
            Assignment assignment = Assignment.small(bench.files(), MIGRATIONS);
            for (int i = 0; i < count; i++) {
                WorkerProcess worker = WorkerProcess.start(bench, entrant, SMALL_JVM);
                workers.add(worker);
                assignment.run(bench.server(), entrant, worker);
            }
        }

        void measure(Bench bench, Figures figures) {
            if (!figures.hasFailed(alone())) {
                figures.add(alone(), Column.TIME, nanos(bench, workers.subList(0, 1), figures, alone()));
            }
            figures.add(all(), Column.TIME, nanos(bench, workers, figures, all()));
        }

        private long nanos(Bench bench, List<WorkerProcess> starting, Figures figures, String label) {
            try (Database database = bench.server().newDatabase()) {
                starting.forEach(worker -> worker.openDirect(database.url(), folder(bench)));
                bench.server().settle();
                long started = System.nanoTime();
                starting.forEach(worker -> worker.begin(Work.MIGRATE, 1));
                List<String> failures = new ArrayList<>();
                for (WorkerProcess worker : starting) {
                    try {
                        worker.end();
                    } catch (ContestantFailedException e) {
                        failures.add(String.valueOf(e.getMessage()));
                    }
                }
                long nanos = System.nanoTime() - started;
                if (!failures.isEmpty()) {
                    throw new ContestantFailedException(
                            failures.size() + " of " + starting.size() + " failed: " + failures.get(0));
                }
                database.expect(MigrationFiles.COUNT_SMALL, MIGRATIONS);
                figures.add(label, Column.FAILED_INSTANCES, failures.size());
                return nanos;
            }
        }

        void close() {
            workers.forEach(WorkerProcess::close);
        }
    }
}
