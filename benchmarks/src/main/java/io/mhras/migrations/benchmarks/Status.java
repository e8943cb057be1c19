package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.WorkerProcess.Work;
import io.mhras.migrations.benchmarks.contestant.Entrant;
import java.nio.file.Path;
import java.util.List;

/** The state of each migration, as an operator asks for it. */
final class Status implements Workload {

    private static final int MIGRATIONS = 1_000;
    private static final int RUNS_A_TURN = 5;
    private static final double AS_PLAIN_JDBC = 1.1;

    @Override
    public String key() {
        return "status";
    }

    @Override
    public List<Result> run(Bench bench) {
        int applied = Math.min(MIGRATIONS, bench.effort().mostMigrations());
        Figures figures = new Figures(Column.SHORT_TIME, Column.ALLOCATED);
        List<Entrant> entrants =
                bench.present(Entrant.OURS, Entrant.OURS_KEPT, Entrant.FLYWAY, Entrant.LIQUIBASE, Entrant.JDBC);
        try (Team team = new Team(bench, entrants, figures)) {
            Effort effort = bench.effort();
            team.takeTurns(1, member -> {
                Path folder = bench.files().notes(applied, member.entrant());
                member.worker().openPooled(member.database().url(), folder);
                member.worker().run(Work.MIGRATE, 1);
                member.database().expect(MigrationFiles.COUNT_ROWS, applied);
                member.worker().warmUp(Work.STATUS, effort.warmUps(), effort.warmUpLimit());
            });
            team.takeTurns(
                    effort.repetitions(),
                    member -> figures.add(
                            member.label(), Column.SHORT_TIME, member.worker().run(Work.STATUS, RUNS_A_TURN)));
        }
        return List.of(new Result(
                "Status, %,d migrations applied".formatted(applied),
                "Warm, with an open connection in a pool: Migrator.status(), Flyway.info(),"
                        + " Liquibase.listUnrunChangeSets(), and plain JDBC's comparison of files and history.",
                figures,
                List.of(goal(figures, Entrant.OURS), goal(figures, Entrant.OURS_KEPT))));
    }

    private static Goal goal(Figures figures, Entrant ours) {
        return Goal.ratio(figures, Column.SHORT_TIME, ours.label(), Entrant.JDBC.label(), AS_PLAIN_JDBC);
    }
}
