package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.contestant.Entrant;
import java.util.List;

/** A statement that returns more rows than the JVM that runs it can hold. */
final class ReturnedRows implements Workload {

    private static final int ROWS = 2_000_000;
    private static final int MOST_TURNS = 3;
    private static final String LITTLE_MEMORY = "-Xmx64m";
    private static final double AS_PSQL = 1.5;

    @Override
    public String key() {
        return "returned-rows";
    }

    @Override
    public List<Result> run(Bench bench) {
        Figures figures = new Figures(Column.TIME, Column.PEAK_MEMORY);
        Assignment assignment = Assignment.returnedRows(bench.files(), ROWS);
        bench.takeTurns(
                Math.min(MOST_TURNS, bench.effort().repetitions()),
                bench.present(Entrant.OURS, Entrant.FLYWAY, Entrant.LIQUIBASE, Entrant.JDBC, Entrant.PSQL),
                Entrant::label,
                figures,
                entrant -> run(assignment, bench, entrant, figures));
        return List.of(new Result(
                "%,d rows that a SELECT returns".formatted(ROWS),
                "A new JVM each time, with " + LITTLE_MEMORY + ". Rows of 100 bytes, which nobody asked for.",
                figures,
                List.of(Goal.ratio(figures, Column.TIME, Entrant.OURS.label(), Entrant.PSQL.label(), AS_PSQL))));
    }

    private static void run(Assignment assignment, Bench bench, Entrant entrant, Figures figures) {
        try (WorkerProcess worker = WorkerProcess.start(bench, entrant, LITTLE_MEMORY)) {
            figures.add(entrant.label(), Column.TIME, assignment.run(bench.server(), entrant, worker));
            // psql's memory is not that of the JVM that started it.
            if (entrant != Entrant.PSQL) {
                figures.add(entrant.label(), Column.PEAK_MEMORY, worker.peakKilobytes());
            }
        }
    }
}
