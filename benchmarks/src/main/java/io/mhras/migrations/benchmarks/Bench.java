package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.contestant.Entrant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the workloads have in common.
 *
 * @param options what was asked for
 * @param server where the databases are
 * @param jars whose jars are which
 * @param files the migrations
 * @param log where children write what they complain about
 */
record Bench(Options options, Server server, ClassPath jars, MigrationFiles files, Path log) {

    Effort effort() {
        return options.effort();
    }

    /** The driver, the pool and a silent log for everyone, and the contestant's own. */
    String classPath(Entrant entrant) {
        List<String> artifacts = new ArrayList<>(List.of("postgresql", "HikariCP", "slf4j-nop"));
        artifacts.addAll(entrant.artifacts());
        return jars.of(artifacts);
    }

    /** Those, without psql where there is none. */
    List<Entrant> present(Entrant... entrants) {
        List<Entrant> present = new ArrayList<>(List.of(entrants));
        if (!options.hasPsql()) {
            present.remove(Entrant.PSQL);
        }
        return present;
    }

    /**
     * Gives everyone a turn, again and again, each time from another one on: what the machine does beside hits all alike.
     *
     * <p>Who fails has that in the table, and no further turn.
     */
    <T> void takeTurns(int rounds, List<T> contestants, Function<T, String> label, Figures figures, Consumer<T> turn) {
        contestants.forEach(contestant -> figures.addRow(label.apply(contestant)));
        List<T> order = new ArrayList<>(contestants);
        for (int round = 0; round < rounds; round++) {
            for (T contestant : order) {
                if (!figures.hasFailed(label.apply(contestant))) {
                    try {
                        turn.accept(contestant);
                    } catch (ContestantFailedException e) {
                        figures.fail(label.apply(contestant), String.valueOf(e.getMessage()));
                    }
                }
            }
            Collections.rotate(order, 1);
        }
    }
}
