package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.Team.Member;
import io.mhras.migrations.benchmarks.WorkerProcess.Work;
import io.mhras.migrations.benchmarks.contestant.Entrant;
import io.mhras.migrations.testing.WireTap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A start of a service that finds everything applied: by far the most frequent one. */
final class UpToDate implements Workload {

    private static final List<Integer> HISTORIES = List.of(10, 100, 1_000, 5_000);
    private static final int RUNS_A_TURN = 5;
    private static final double FLYWAY_BY_20 = 1.0 / 20;
    private static final double FLYWAY_BY_50 = 1.0 / 50;
    private static final double THE_SAME = 1.1;

    @Override
    public String key() {
        return "up-to-date";
    }

    @Override
    public List<Result> run(Bench bench) {
        List<Result> results = new ArrayList<>();
        for (int applied : HISTORIES) {
            if (applied <= bench.effort().mostMigrations()) {
                Figures figures = measure(bench, applied);
                Figures fewest = results.isEmpty() ? figures : results.get(0).figures();
                results.add(new Result(
                        "Up to date, %,d migrations applied".formatted(applied),
                        "Warm, with an open connection in a pool. Everyone is made anew for each run and reads its files,"
                                + " as at the start of a service; the row with one Migrator that lives on does not. With the index"
                                + " the files are in a jar, and are listed, not read.",
                        figures,
                        goals(applied, figures, fewest)));
            }
        }
        return results;
    }

    private static Figures measure(Bench bench, int applied) {
        Figures figures = new Figures(Column.SHORT_TIME, Column.ALLOCATED, Column.ROUND_TRIPS);
        List<Entrant> entrants = bench.present(
                Entrant.OURS, Entrant.OURS_INDEXED, Entrant.OURS_KEPT, Entrant.FLYWAY, Entrant.LIQUIBASE, Entrant.JDBC);
        try (Team team = new Team(bench, entrants, figures)) {
            Effort effort = bench.effort();
            team.takeTurns(1, member -> {
                member.worker().openPooled(member.database().url(), files(bench, member, applied));
                member.worker().run(Work.MIGRATE, 1);
                member.database().expect(MigrationFiles.COUNT_ROWS, applied);
                member.worker().warmUp(Work.MIGRATE, effort.warmUps(), effort.warmUpLimit());
            });
            team.takeTurns(
                    effort.repetitions(),
                    member -> figures.add(
                            member.label(), Column.SHORT_TIME, member.worker().run(Work.MIGRATE, RUNS_A_TURN)));
            team.takeTurns(
                    1, member -> figures.add(member.label(), Column.ROUND_TRIPS, roundTrips(bench, member, applied)));
        }
        return figures;
    }

    private static Path files(Bench bench, Member member, int applied) {
        return member.entrant() == Entrant.OURS_INDEXED
                ? bench.files().jar(applied, member.entrant())
                : bench.files().notes(applied, member.entrant());
    }

    private static int roundTrips(Bench bench, Member member, int applied) {
        try (WireTap tap = WireTap.on(member.database().url())) {
            member.worker().openPooled(tap.url(), files(bench, member, applied));
            // Opens the connections, as many as it wants.
            member.worker().run(Work.MIGRATE, 1);
            tap.reset();
            member.worker().run(Work.MIGRATE, 1);
            return tap.roundTrips();
        }
    }

    private static List<Goal> goals(int applied, Figures figures, Figures fewest) {
        List<Goal> goals = new ArrayList<>();
        for (Entrant entrant : List.of(Entrant.OURS, Entrant.OURS_INDEXED, Entrant.OURS_KEPT)) {
            String ours = entrant.label();
            String flyway = Entrant.FLYWAY.label();
            goals.add(Goal.atMost(figures, Column.ROUND_TRIPS, ours, 1));
            goals.add(Goal.ratio(figures, Column.ALLOCATED, ours, flyway, FLYWAY_BY_50));
            if (applied <= 1_000) {
                goals.add(Goal.ratio(figures, Column.SHORT_TIME, ours, flyway, FLYWAY_BY_20));
            } else {
                goals.add(Goal.growth(
                        figures, fewest, "with " + HISTORIES.get(0) + " applied", Column.SHORT_TIME, ours, THE_SAME));
            }
        }
        return goals;
    }
}
