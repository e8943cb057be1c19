package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.Team.Member;
import io.mhras.migrations.benchmarks.contestant.Entrant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Small migrations where the server is not on the same machine, as it never is in production. */
final class DistantServer implements Workload {

    private static final int MIGRATIONS = 100;
    private static final Duration ONE_WAY = Duration.ofMillis(1);
    private static final int WARM_UPS = 1;
    private static final double A_QUARTER_OF_FLYWAY = 0.25;

    @Override
    public String key() {
        return "distant-server";
    }

    @Override
    public List<Result> run(Bench bench) {
        Figures figures = new Figures(Column.TIME);
        Assignment assignment = Assignment.small(bench.files(), MIGRATIONS);
        List<Entrant> entrants =
                bench.present(Entrant.OURS, Entrant.FLYWAY, Entrant.LIQUIBASE, Entrant.JDBC, Entrant.PSQL);
        try (Team team = new Team(bench, entrants, figures)) {
            team.takeTurns(WARM_UPS, member -> run(assignment, bench, member));
            team.takeTurns(
                    bench.effort().repetitions(),
                    member -> figures.add(member.label(), Column.TIME, run(assignment, bench, member)));
        }
        return List.of(new Result(
                MIGRATIONS + " small migrations, server " + ONE_WAY.toMillis() + " ms away",
                "As before, through a proxy that holds each byte back for " + ONE_WAY.toMillis() + " ms each way.",
                figures,
                List.of(Goal.ratio(
                        figures, Column.TIME, Entrant.OURS.label(), Entrant.FLYWAY.label(), A_QUARTER_OF_FLYWAY))));
    }

    private static List<Sample> run(Assignment assignment, Bench bench, Member member) {
        List<SlowNetwork> networks = new ArrayList<>();
        try {
            return assignment.run(bench.server(), member.entrant(), member.worker(), url -> {
                networks.add(SlowNetwork.to(url, ONE_WAY));
                return networks.get(0).url();
            });
        } finally {
            networks.forEach(SlowNetwork::close);
        }
    }
}
