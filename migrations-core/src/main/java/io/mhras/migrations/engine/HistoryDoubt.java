package io.mhras.migrations.engine;

import io.mhras.migrations.Fingerprint;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why the rows of a history do not follow from one another: one was deleted, added or changed by hand.
 *
 * @param problem which row it is, as far as the fingerprints tell, in one sentence
 * @param lost the migration whose row is missing; null if that is not it
 */
record HistoryDoubt(String problem, @Nullable MigrationVersion lost) {

    static final String REMEDY =
            "Put the history back as it was, for example from a backup; or, if the database is as the"
                    + " history says now, run 'repair', which accepts it.";

    private static final int DIGITS = 64;

    /**
     * Looks for the one change that explains it.
     *
     * @param entries the history, oldest first
     * @param doubtful the first one that does not follow from those before it
     */
    static HistoryDoubt of(List<HistoryEntry> entries, HistoryEntry doubtful, MigrationSet set) {
        AppliedMigrations applied = AppliedMigrations.of(
                entries.stream().filter(entry -> entry.id() <= doubtful.id()).toList());
        if (!doubtful.fingerprint().matches("[0-9a-f]{" + DIGITS + "}")) {
            return new HistoryDoubt(
                    "The column 'fingerprint' of " + row(doubtful) + " was changed: '" + doubtful.fingerprint()
                            + "' is none.",
                    null);
        }
        return lost(applied, doubtful, set, entries)
                .or(() -> applied.inOrder().stream()
                        .flatMap(entry -> changed(applied.fingerprint(), doubtful, entry, set).stream())
                        .findFirst())
                .orElseGet(() -> new HistoryDoubt(
                        "A row was deleted, added or changed by hand, at or before " + row(doubtful)
                                + ": when that was written, the rows said something else.",
                        null));
    }

    private static Optional<HistoryDoubt> lost(
            AppliedMigrations applied, HistoryEntry doubtful, MigrationSet set, List<HistoryEntry> entries) {
        return Stream.concat(
                        set.migrations().stream().map(migration -> new Pair(migration.version(), migration.checksum())),
                        entries.stream().map(entry -> new Pair(entry.version(), entry.checksum())))
                .filter(pair -> !applied.contains(pair.version()))
                .filter(pair -> pair.explains(applied.fingerprint(), doubtful))
                .findFirst()
                .map(pair -> new HistoryDoubt(
                        "The row that says that " + pair.version() + " is applied is missing: it was there when "
                                + row(doubtful) + " was written.",
                        pair.version()));
    }

    private static Optional<HistoryDoubt> changed(
            Fingerprint now, HistoryEntry doubtful, HistoryEntry entry, MigrationSet set) {
        Pair recorded = new Pair(entry.version(), entry.checksum());
        if (recorded.explains(now, doubtful)) {
            return Optional.of(new HistoryDoubt(
                    entry.version() + " was not applied when " + row(doubtful)
                            + " was written: the row that took it back is" + " missing, or " + row(entry)
                            + " was added.",
                    null));
        }
        Fingerprint without = now.toggle(entry.version(), entry.checksum());
        for (Migration file : set.migrations()) {
            boolean isSame = file.version().equals(entry.version());
            if (isSame != file.checksum().equals(entry.checksum())
                    && new Pair(file.version(), file.checksum()).explains(without, doubtful)) {
                return Optional.of(new HistoryDoubt(
                        isSame
                                ? "The column 'checksum' of " + row(entry) + " was changed: it was " + file.checksum()
                                        + "."
                                : "The column 'version' of " + row(entry) + " was changed: it was " + file.version()
                                        + ".",
                        null));
            }
        }
        return Optional.empty();
    }

    /** What a fingerprint is made of. */
    private record Pair(MigrationVersion version, String checksum) {

        boolean explains(Fingerprint now, HistoryEntry doubtful) {
            return now.toggle(version, checksum).toString().equals(doubtful.fingerprint());
        }
    }

    private static String row(HistoryEntry entry) {
        return "row " + entry.id() + " (" + entry.event().past().toLowerCase(Locale.ROOT) + " " + entry.version() + ")";
    }
}
