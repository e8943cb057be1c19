package io.mhras.migrations.faults;

import io.mhras.migrations.faults.Trial.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** How many trials of each kind there were, and how they went. */
final class FaultReport {

    private final Map<String, Map<Outcome, Integer>> outcomes = new TreeMap<>();
    private final Map<String, Integer> failures = new TreeMap<>();

    void add(String kind, Outcome outcome) {
        of(kind).merge(outcome, 1, Integer::sum);
    }

    void addFailure(String kind) {
        of(kind);
        failures.merge(kind, 1, Integer::sum);
    }

    private Map<Outcome, Integer> of(String kind) {
        return outcomes.computeIfAbsent(kind, key -> new EnumMap<>(Outcome.class));
    }

    int runs() {
        return outcomes.keySet().stream().mapToInt(this::runs).sum();
    }

    private int runs(String kind) {
        return of(kind).values().stream().mapToInt(count -> count).sum() + failures.getOrDefault(kind, 0);
    }

    void writeTo(Path file, String heading) {
        StringBuilder table =
                new StringBuilder("# ").append(heading).append("\n\n").append("""
                | fault | runs | finished by itself | finished by the next start | failed |
                |---|---:|---:|---:|---:|
                """);
        outcomes.forEach((kind, counts) -> table.append("| %s | %d | %d | %d | %d |\n"
                .formatted(
                        kind,
                        runs(kind),
                        counts.getOrDefault(Outcome.FINISHED_BY_ITSELF, 0),
                        counts.getOrDefault(Outcome.FINISHED_BY_THE_NEXT_START, 0),
                        failures.getOrDefault(kind, 0))));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
