package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.Server.Database;
import io.mhras.migrations.benchmarks.contestant.Entrant;
import io.mhras.migrations.benchmarks.contestant.FreshStart;
import java.util.ArrayList;
import java.util.List;

/** The first run in a JVM that has just begun: classes are loaded, and nothing is compiled yet. */
final class FirstCall implements Workload {

    private static final int APPLIED = 100;
    private static final double AS_PLAIN_JDBC = 1.25;

    @Override
    public String key() {
        return "first-call";
    }

    private record Participant(Entrant entrant, Database database) {

        String label() {
            return entrant.label();
        }
    }

    @Override
    public List<Result> run(Bench bench) {
        Figures figures = new Figures(Column.TIME, Column.WHOLE_PROCESS, Column.PROCESSOR_TIME, Column.PEAK_MEMORY);
        List<Participant> participants = new ArrayList<>();
        try {
            for (Entrant entrant : List.of(Entrant.OURS, Entrant.FLYWAY, Entrant.LIQUIBASE, Entrant.JDBC)) {
                participants.add(new Participant(entrant, bench.server().newDatabase()));
            }
            // The first applies; the second finds the jars in the machine's memory.
            bench.takeTurns(2, participants, Participant::label, figures, it -> start(bench, it, new Figures()));
            bench.takeTurns(
                    2 * bench.effort().repetitions(),
                    participants,
                    Participant::label,
                    figures,
                    it -> start(bench, it, figures));
        } finally {
            participants.forEach(it -> it.database().close());
        }
        return List.of(new Result(
                "First call in a fresh JVM, " + APPLIED + " migrations applied",
                "A process with only the tool's own jars, one new connection. The time is from the first line of main on;"
                        + " the whole process has the JVM's own start too.",
                figures,
                List.of(goal(figures, Column.TIME), goal(figures, Column.WHOLE_PROCESS))));
    }

    private static Goal goal(Figures figures, Column column) {
        return Goal.ratio(figures, column, Entrant.OURS.label(), Entrant.JDBC.label(), AS_PLAIN_JDBC);
    }

    private static void start(Bench bench, Participant participant, Figures figures) {
        String folder = bench.files().notes(APPLIED, participant.entrant()).toString();
        String classPath = bench.classPath(participant.entrant());
        long started = System.nanoTime();
        try (ChildJvm jvm = ChildJvm.start(
                bench,
                List.of("-Dliquibase.analytics.enabled=false"),
                classPath,
                FreshStart.class,
                participant.entrant().name(),
                participant.database().url(),
                folder)) {
            String answer = jvm.receive();
            jvm.awaitEnd();
            figures.add(participant.label(), Column.WHOLE_PROCESS, System.nanoTime() - started);
            figures.addProcess(participant.label(), answer);
        }
        participant.database().expect(MigrationFiles.COUNT_ROWS, APPLIED);
    }
}
