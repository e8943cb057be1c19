package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.Server.Database;
import io.mhras.migrations.benchmarks.contestant.Entrant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A worker for each contestant, all alive at once, each with a database of its own. */
final class Team implements AutoCloseable {

    private final Bench bench;
    private final Figures figures;
    private final List<Member> members = new ArrayList<>();

    Team(Bench bench, List<Entrant> entrants, Figures figures) {
        this.bench = bench;
        this.figures = figures;
        for (Entrant entrant : entrants) {
            members.add(new Member(
                    entrant, WorkerProcess.start(bench, entrant), bench.server().newDatabase()));
        }
    }

    /** One of them. */
    record Member(Entrant entrant, WorkerProcess worker, Database database) {

        String label() {
            return entrant.label();
        }
    }

    /** Gives each of them so many turns, one after the other. */
    void takeTurns(int rounds, Consumer<Member> turn) {
        bench.takeTurns(rounds, members, Member::label, figures, turn);
    }

    @Override
    public void close() {
        for (Member member : members) {
            member.worker().close();
            member.database().close();
        }
    }
}
