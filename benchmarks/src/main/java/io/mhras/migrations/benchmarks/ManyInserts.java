package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.contestant.Entrant;
import java.util.List;

/** One file of many statements: reference data, a dump. */
final class ManyInserts implements Workload {

    private static final int ROWS = 50_000;
    private static final int MOST_TURNS = 5;
    private static final double AS_A_RAW_MESSAGE = 1.1;

    @Override
    public String key() {
        return "many-inserts";
    }

    @Override
    public List<Result> run(Bench bench) {
        Figures figures = new Figures(Column.TIME, Column.ALLOCATED);
        Assignment assignment = Assignment.inserts(bench.files(), ROWS);
        List<Entrant> entrants = bench.present(
                Entrant.OURS,
                Entrant.FLYWAY,
                Entrant.LIQUIBASE,
                Entrant.JDBC,
                Entrant.PSQL,
                Entrant.RAW_MESSAGE,
                Entrant.RAW_MESSAGES);
        try (Team team = new Team(bench, entrants, figures)) {
            team.takeTurns(1, member -> assignment.run(bench.server(), member.entrant(), member.worker()));
            team.takeTurns(
                    Math.min(MOST_TURNS, bench.effort().repetitions()),
                    member -> figures.add(
                            member.label(),
                            Column.TIME,
                            assignment.run(bench.server(), member.entrant(), member.worker())));
        }
        return List.of(new Result(
                "%,d INSERTs in one file".formatted(ROWS),
                "A warm JVM, new connections. The raw messages are the least that it can cost: they know that each line is"
                        + " a statement, and keep no history; nor does psql.",
                figures,
                List.of(Goal.ratio(
                        figures, Column.TIME, Entrant.OURS.label(), Entrant.RAW_MESSAGE.label(), AS_A_RAW_MESSAGE))));
    }
}
