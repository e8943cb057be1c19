package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.contestant.Entrant;
import java.util.ArrayList;
import java.util.List;

/** One file that is larger than the memory of the JVM that runs it. */
final class LargeFile implements Workload {

    private static final int MOST_TURNS = 3;
    private static final String LITTLE_MEMORY = "-Xmx64m";
    private static final String MUCH_MEMORY = "-Xmx4g";
    private static final double AS_RAW_MESSAGES = 1.1;

    @Override
    public String key() {
        return "large-file";
    }

    private record Participant(Entrant entrant, String heap) {

        String label() {
            return entrant == Entrant.PSQL ? entrant.label() : entrant.label() + ", " + heap;
        }
    }

    @Override
    public List<Result> run(Bench bench) {
        int megabytes = bench.effort().largeFileMegabytes();
        Figures figures = new Figures(Column.TIME, Column.PEAK_MEMORY);
        Assignment assignment = Assignment.megabytes(bench.files(), megabytes);
        bench.takeTurns(
                Math.min(MOST_TURNS, bench.effort().repetitions()),
                participants(bench),
                Participant::label,
                figures,
                participant -> run(assignment, bench, participant, figures));
        return List.of(new Result(
                "One file of " + megabytes + " MB, " + MigrationFiles.rowsOf(megabytes) + " INSERTs",
                "A new JVM each time, with " + LITTLE_MEMORY + "; the other tools once more with " + MUCH_MEMORY
                        + ". A run has " + bench.effort().limit().toSeconds()
                        + " s. The raw messages read line by line, and keep no history; nor does psql.",
                figures,
                List.of(Goal.ratio(
                        figures,
                        Column.TIME,
                        new Participant(Entrant.OURS, LITTLE_MEMORY).label(),
                        new Participant(Entrant.RAW_MESSAGES, LITTLE_MEMORY).label(),
                        AS_RAW_MESSAGES))));
    }

    private static List<Participant> participants(Bench bench) {
        List<Participant> participants = new ArrayList<>();
        for (Entrant entrant :
                bench.present(Entrant.OURS, Entrant.FLYWAY, Entrant.LIQUIBASE, Entrant.RAW_MESSAGES, Entrant.PSQL)) {
            participants.add(new Participant(entrant, LITTLE_MEMORY));
        }
        for (Entrant entrant : List.of(Entrant.OURS, Entrant.FLYWAY, Entrant.LIQUIBASE)) {
            participants.add(new Participant(entrant, MUCH_MEMORY));
        }
        return participants;
    }

    private static void run(Assignment assignment, Bench bench, Participant participant, Figures figures) {
        try (WorkerProcess worker = WorkerProcess.start(bench, participant.entrant(), participant.heap())) {
            figures.add(
                    participant.label(), Column.TIME, assignment.run(bench.server(), participant.entrant(), worker));
            // psql's memory is not that of the JVM that started it.
            if (participant.entrant() != Entrant.PSQL) {
                figures.add(participant.label(), Column.PEAK_MEMORY, worker.peakKilobytes());
            }
        }
    }
}
