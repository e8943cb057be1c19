package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.Team.Member;
import io.mhras.migrations.benchmarks.contestant.Entrant;
import io.mhras.migrations.testing.WireTap;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Many small migrations on an empty database: a first start, a test, a review environment. */
final class SmallMigrations implements Workload {

    private static final int FEW = 100;
    private static final int MANY = 1_000;
    private static final int WARM_UPS = 2;
    private static final double AS_PLAIN_JDBC = 1.05;

    @Override
    public String key() {
        return "small-migrations";
    }

    @Override
    public List<Result> run(Bench bench) {
        int many = Math.min(MANY, bench.effort().mostMigrations());
        Figures few = measure(bench, FEW);
        Figures more = measure(bench, many);
        for (Entrant entrant : entrants(bench)) {
            OptionalDouble roundTripsOfFew = few.median(entrant.label(), Column.ROUND_TRIPS);
            OptionalDouble roundTripsOfMany = more.median(entrant.label(), Column.ROUND_TRIPS);
            if (roundTripsOfFew.isPresent() && roundTripsOfMany.isPresent()) {
                double between = roundTripsOfMany.getAsDouble() - roundTripsOfFew.getAsDouble();
                more.add(entrant.label(), Column.ROUND_TRIPS_EACH, between / (many - FEW));
            }
        }
        return List.of(result(FEW, few, goal(few)), result(many, more, goal(more), oneRoundTripEach(more)));
    }

    private static List<Entrant> entrants(Bench bench) {
        return bench.present(Entrant.OURS, Entrant.FLYWAY, Entrant.LIQUIBASE, Entrant.JDBC, Entrant.PSQL);
    }

    private static Figures measure(Bench bench, int count) {
        Figures figures = new Figures(Column.TIME, Column.ALLOCATED, Column.ROUND_TRIPS, Column.ROUND_TRIPS_EACH);
        Assignment assignment = Assignment.small(bench.files(), count);
        try (Team team = new Team(bench, entrants(bench), figures)) {
            team.takeTurns(WARM_UPS, member -> run(assignment, bench, member));
            team.takeTurns(
                    bench.effort().repetitions(),
                    member -> figures.add(member.label(), Column.TIME, run(assignment, bench, member)));
            team.takeTurns(
                    1,
                    member -> figures.add(member.label(), Column.ROUND_TRIPS, roundTrips(assignment, bench, member)));
        }
        return figures;
    }

    private static List<Sample> run(Assignment assignment, Bench bench, Member member) {
        return assignment.run(bench.server(), member.entrant(), member.worker());
    }

    /** Of everything but the connecting itself. */
    private static int roundTrips(Assignment assignment, Bench bench, Member member) {
        List<WireTap> taps = new ArrayList<>();
        assignment.run(bench.server(), member.entrant(), member.worker(), url -> {
            taps.add(WireTap.on(url));
            return taps.get(0).url();
        });
        taps.get(0).close();
        return taps.get(0).roundTrips();
    }

    private static Goal goal(Figures figures) {
        return Goal.ratio(figures, Column.TIME, Entrant.OURS.label(), Entrant.JDBC.label(), AS_PLAIN_JDBC);
    }

    private static Goal oneRoundTripEach(Figures figures) {
        return Goal.atMost(figures, Column.ROUND_TRIPS_EACH, Entrant.OURS.label(), 1);
    }

    private static Result result(int count, Figures figures, Goal... goals) {
        return new Result(
                "%,d small migrations on an empty database".formatted(count),
                "Each makes a table, an index and a comment. A warm JVM, new connections. psql is a new process, and keeps"
                        + " no history.",
                figures,
                List.of(goals));
    }
}
