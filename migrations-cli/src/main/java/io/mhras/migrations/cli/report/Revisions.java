package io.mhras.migrations.cli.report;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.cli.terminal.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The migrations as a line or a graph, newest first, in the layouts that users of Alembic know. */
public final class Revisions {

    private final MigrationSet set;
    private final Set<MigrationVersion> current;
    private final Map<MigrationVersion, Revision> all = new LinkedHashMap<>();

    /** @param status where a database stands; null if none is looked at */
    public Revisions(MigrationSet set, @Nullable MigrationStatus status) {
        this.set = set;
        this.current = status == null ? Set.of() : Set.copyOf(status.current());
        Map<MigrationVersion, Item> items = new LinkedHashMap<>();
        if (status != null) {
            status.migrations().forEach(item -> items.put(item.version(), item));
        }
        List<Revision> revisions = new ArrayList<>();
        set.baselines().stream()
                .filter(baseline -> !set.hasFilesBefore(baseline))
                .forEach(baseline -> revisions.add(revision(baseline, items.remove(baseline.version()))));
        for (Migration migration : set.migrations()) {
            revisions.add(revision(migration, items.remove(migration.version())));
        }
        items.values().forEach(item -> revisions.add(withoutFile(item)));
        Collections.reverse(revisions);
        revisions.forEach(revision -> all.put(revision.version(), revision));
    }

    private Revision revision(Migration migration, @Nullable Item item) {
        MigrationVersion version = migration.version();
        List<MigrationVersion> next = set.migrations().stream()
                .map(Migration::version)
                .filter(other -> set.requirements(other).contains(version))
                .toList();
        return new Revision(
                version,
                migration.description(),
                set.requirements(version),
                next,
                migration.baseline() ? set.heads().contains(version) : !version.isRepeatable() && next.isEmpty(),
                current.contains(version),
                migration.up().location(),
                item == null ? null : Wording.words(item.state()),
                item == null ? null : item.appliedAt(),
                item == null ? null : item.duration(),
                item == null ? null : item.appliedBy());
    }

    private Revision withoutFile(Item item) {
        return new Revision(
                item.version(),
                item.description(),
                List.of(),
                List.of(),
                false,
                current.contains(item.version()),
                null,
                Wording.words(item.state()),
                item.appliedAt(),
                item.duration(),
                item.appliedBy());
    }

    /** All, newest first. */
    public List<Revision> all() {
        return List.copyOf(all.values());
    }

    /** What the database has. */
    public List<Revision> current() {
        return all.values().stream().filter(Revision::isCurrent).toList();
    }

    /**
     * Those of a range, newest first, both its ends included: {@code 001:003}, {@code 002:}, {@code :003}, {@code
     * -2:current}.
     *
     * @throws InvalidTarget if it is none
     */
    public List<Revision> range(String range) {
        int colon = range.indexOf(':');
        if (colon < 0) {
            throw new InvalidTarget("'" + range + "' is not a range.", "Write two versions, for example 001:003.");
        }
        String from = range.substring(0, colon).strip();
        String to = range.substring(colon + 1).strip();
        Set<MigrationVersion> upTo = new HashSet<>();
        for (MigrationVersion end : ends(to.isEmpty() ? "head" : to)) {
            set.pathTo(end).forEach(migration -> upTo.add(migration.version()));
        }
        List<Revision> path = all.values().stream()
                .filter(revision -> upTo.contains(revision.version()))
                .toList();
        if (from.matches("-\\d{1,9}")) {
            return path.subList(0, Math.min(path.size(), 1 + Integer.parseInt(from.substring(1))));
        }
        if (from.isEmpty() || from.equals("base")) {
            return path;
        }
        Set<MigrationVersion> within = new HashSet<>();
        for (MigrationVersion begin : ends(from)) {
            within.add(begin);
            within.addAll(set.dependents(begin));
        }
        return path.stream()
                .filter(revision -> within.contains(revision.version()))
                .toList();
    }

    private List<MigrationVersion> ends(String text) {
        if (text.equals("current")) {
            return List.copyOf(current);
        }
        Target target = Target.parse(text);
        if (target instanceof Target.Head) {
            return set.heads();
        }
        if (target instanceof Target.Version version) {
            return List.of(set.resolve(version.text()));
        }
        throw new InvalidTarget("'" + text + "' cannot be the end of a range.", "Write a version, head or current.");
    }

    /**
     * One of them.
     *
     * @param version what identifies it
     * @param description its file name's words
     * @param requires what comes before it
     * @param requiredBy what comes after it
     * @param isHead whether nothing does
     * @param isCurrent whether it is what the database has
     * @param file where its file is; null if there is none
     * @param state null if no database was looked at
     * @param appliedAt null if it is not applied
     * @param duration null if it is not applied
     * @param appliedBy null if it is not applied
     */
    public record Revision(
            MigrationVersion version,
            String description,
            List<MigrationVersion> requires,
            List<MigrationVersion> requiredBy,
            boolean isHead,
            boolean isCurrent,
            @Nullable String file,
            @Nullable String state,
            @Nullable Instant appliedAt,
            @Nullable Duration duration,
            @Nullable String appliedBy) {

        /** {@code 001 -> 002 (head), add consent}. */
        public String line(Marks marks) {
            return (version.isRepeatable() ? "" : parents() + " -> ")
                    + version
                    + marks(marks)
                    + (version.isRepeatable() ? "" : ", " + description);
        }

        /** {@code applied 2026-11-21 04:30:46 in 11 ms by clinic}; empty if no database was looked at. */
        public String inDatabase() {
            if (appliedAt == null || duration == null) {
                return state == null ? "" : state;
            }
            return state + " " + Wording.time(appliedAt) + " in " + duration.toMillis() + " ms by " + appliedBy;
        }

        /** The long layout. */
        public String details() {
            StringBuilder text = new StringBuilder("Rev: " + version + marks(Marks.WITH_CURRENT) + "\n");
            if (!version.isRepeatable()) {
                text.append(requires.size() > 1 ? "Merges: " : "Parent: ")
                        .append(parents())
                        .append('\n');
            }
            if (requiredBy.size() > 1) {
                text.append("Branches into: ").append(Wording.list(requiredBy)).append('\n');
            }
            text.append("Path: ")
                    .append(file == null ? "(no file)" : file.replaceFirst("^filesystem:", ""))
                    .append('\n');
            if (state != null) {
                text.append("State: ").append(inDatabase()).append('\n');
            }
            return text.append("\n    ").append(description).append('\n').toString();
        }

        private String parents() {
            if (file == null) {
                return "<unknown>";
            }
            return requires.isEmpty() ? "<base>" : Wording.list(requires);
        }

        /** Its marks in parentheses. */
        public String marks(Marks marks) {
            return (version.isRepeatable() ? " (repeatable)" : "")
                    + (isHead ? " (head)" : "")
                    + (marks == Marks.WITH_CURRENT && isCurrent ? " (current)" : "")
                    + (requiredBy.size() > 1 ? " (branchpoint)" : "")
                    + (requires.size() > 1 ? " (mergepoint)" : "")
                    + (file == null ? " (no file)" : "");
        }
    }

    /** Which of a revision's marks follow it. */
    public enum Marks {
        WITHOUT_CURRENT,
        WITH_CURRENT
    }
}
