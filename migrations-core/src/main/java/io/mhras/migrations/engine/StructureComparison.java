package io.mhras.migrations.engine;

import io.mhras.migrations.DriftResult;
import io.mhras.migrations.DriftResult.State;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationDriver;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the structure of a database with what was recorded of it at the end of the newest run. */
record StructureComparison(MigrationDriver driver) {

    DriftResult result() {
        Instant at = Instant.now();
        if (!driver.watchesStructure()) {
            return unknown(at, null, "It is not watched.");
        }
        List<HistoryEntry> entries = driver.entries();
        HistoryEntry observed = newestObservation(entries);
        if (observed == null) {
            return unknown(
                    at,
                    null,
                    "Nothing is recorded yet that it can be compared with; the next run that changes something records it.");
        }
        HistoryEntry since = entries.stream()
                .filter(entry -> entry.id() > observed.id() && changes(entry))
                .findFirst()
                .orElse(null);
        if (since != null) {
            return unknown(
                    at,
                    observed.appliedAt(),
                    "It was recorded before " + since.version() + " was " + words(since)
                            + " by what does not watch it; the next run that changes something records it"
                            + " again.");
        }
        String structure = driver.structure().orElseThrow();
        String recorded = Objects.requireNonNull(observed.structure());
        if (structure.equals(recorded)) {
            return new DriftResult(
                    driver.database(),
                    at,
                    State.SAME,
                    observed.appliedAt(),
                    "It is what it was at the end of the newest run.");
        }
        if (!server(structure).equals(server(recorded))) {
            return unknown(
                    at,
                    observed.appliedAt(),
                    "It was recorded on " + server(recorded) + ", and this is " + server(structure)
                            + ", which has other words for the same; the next run that changes something records it"
                            + " again.");
        }
        return new DriftResult(
                driver.database(),
                at,
                State.DRIFTED,
                observed.appliedAt(),
                "It is not what it was after the newest run, at " + observed.appliedAt()
                        + ": something else has changed it. 'migrations drift' shows what.");
    }

    private static @Nullable HistoryEntry newestObservation(List<HistoryEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.event() == Event.OBSERVED && entry.structure() != null)
                .reduce((one, later) -> later)
                .orElse(null);
    }

    /** What failed was rolled back; or it goes on, and what it left is there to be seen. */
    private static boolean changes(HistoryEntry entry) {
        return switch (entry.event()) {
            case APPLIED, ROLLED_BACK, BASELINED, STARTED, NEWER -> true;
            case STAMPED, UNSTAMPED, REPAIRED, ARCHIVED, ADOPTED, FAILED, OBSERVED -> false;
        };
    }

    private static String words(HistoryEntry entry) {
        return entry.event() == Event.ROLLED_BACK ? "rolled back" : "run";
    }

    private DriftResult unknown(Instant at, @Nullable Instant observedAt, String why) {
        return new DriftResult(driver.database(), at, State.UNKNOWN, observedAt, why);
    }

    private static String server(String structure) {
        return structure.substring(0, Math.max(0, structure.indexOf(':')));
    }
}
