package io.mhras.migrations.adopt;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStep.Origin;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.adopt.ContentSum.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What another tool has applied, and which files here stand for it.
 *
 * @param tool that has applied it
 * @param set the files
 * @param matches the files, in the order in which that tool applied them
 * @param notes what the user should know although it is no error
 */
public record Adoption(OtherTool tool, MigrationSet set, List<Match> matches, List<String> notes) {

    private static final int MOST_LISTED = 20;

    /**
     * A file here, and what stands for it there.
     *
     * @param names what that tool calls it
     * @param origin who applied it, when, and how long it took, as far as that tool says so
     */
    public record Match(Migration migration, Set<String> names, Origin origin) {

        private Match and(OtherMigration other) {
            Set<String> both = new LinkedHashSet<>(names);
            both.add(other.name());
            return new Match(migration, both, other.origin());
        }
    }

    public Adoption {
        matches = List.copyOf(matches);
        notes = List.copyOf(notes);
    }

    /**
     * Reads that tool's history, which stays as it is, and finds the files.
     *
     * @throws Refused if there is no such history, or several; if it cannot be read or something in it is not finished; if
     *     something has no file, or a file with another content; or if something was left out that a file here requires
     */
    public static Adoption of(AdoptionSource source, TableReader reader, MigrationSet set) {
        OtherHistory history = new HistorySearch(source, reader).read();
        return new Matching(history.tool(), set).of(history.entries());
    }

    /** By the version of each file, what that tool calls it. */
    public Map<MigrationVersion, Set<String>> names() {
        Map<MigrationVersion, Set<String>> names = new LinkedHashMap<>();
        matches.forEach(match -> names.put(match.migration().version(), match.names()));
        return names;
    }

    /** Finds the files, one after the other. */
    private static final class Matching {

        private final OtherTool tool;
        private final MigrationSet set;
        private final Map<MigrationVersion, Match> matches = new LinkedHashMap<>();
        private final List<OtherMigration> replaced = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();
        private final List<String> changed = new ArrayList<>();
        private final List<String> notCompared = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        Matching(OtherTool tool, MigrationSet set) {
            this.tool = tool;
            this.set = set;
        }

        Adoption of(List<OtherMigration> others) {
            others.forEach(this::match);
            Match baseline = baseline();
            refuseUnknown();
            refuseChanged();
            refuseGaps();
            if (!notCompared.isEmpty()) {
                notes.add("whether " + tool + " ran these as they are here was not compared, since " + tool
                        + " keeps no checksum of their text: " + shortened(notCompared) + ".");
            }
            List<Match> all = new ArrayList<>(matches.values());
            if (baseline != null) {
                all.add(0, baseline);
            }
            return new Adoption(tool, set, all, notes);
        }

        /** What stands for all that has no file any more; null if everything has one. */
        private @Nullable Match baseline() {
            OtherMigration last = replaced.stream()
                    .max(Comparator.comparing(other -> other.version().orElseThrow()))
                    .orElse(null);
            Migration baseline =
                    last == null ? null : set.newestBaseline(last.version().orElseThrow());
            replaced.stream()
                    .filter(other -> baseline == null
                            || !baseline.standsFor(other.version().orElseThrow()))
                    .forEach(other -> unknown.add(other.name()));
            return last == null || baseline == null ? null : new Match(baseline, Set.of(last.name()), last.origin());
        }

        private boolean isReplaced(OtherMigration other) {
            MigrationVersion version = other.version().orElse(null);
            if (version == null) {
                return false;
            }
            Migration baseline = set.newestBaseline(version);
            return baseline == null ? set.isInBaseline(version) : !set.hasFilesBefore(baseline);
        }

        private void match(OtherMigration other) {
            List<Migration> found = other.in(set);
            switch (other.extent()) {
                case REPEATABLE -> matchRepeatable(other, found);
                case ALL_UP_TO -> {
                    if (isReplaced(other)) {
                        replaced.add(other);
                    }
                    found.forEach(migration -> add(migration, other));
                }
                case ONE, WITH_REQUIRED -> {
                    if (found.isEmpty() && isReplaced(other)) {
                        replaced.add(other);
                    } else if (found.isEmpty()) {
                        unknown.add(other.name());
                    }
                    found.stream()
                            .filter(migration -> !migration.isRepeatable())
                            .forEach(migration -> {
                                compare(migration, other);
                                add(migration, other);
                            });
                }
            }
        }

        private void compare(Migration migration, OtherMigration other) {
            ContentSum content = other.content();
            Comparison comparison = content == null ? Comparison.NOT_COMPARED : content.compare(migration);
            switch (comparison) {
                case SAME -> {}
                case DIFFERENT -> changed.add(migration.up().location() + ", which is " + other.name() + " there");
                case NOT_COMPARED -> notCompared.add(migration.up().name());
            }
        }

        /** The same text need not run again; any other does, as it would have there. */
        private void matchRepeatable(OtherMigration other, List<Migration> found) {
            if (found.isEmpty()) {
                notes.add(other.name() + " is a repeatable without a file here: it is left out.");
                return;
            }
            Migration here = found.get(0);
            ContentSum content = other.content();
            Comparison comparison = content == null ? Comparison.NOT_COMPARED : content.compare(here);
            switch (comparison) {
                case SAME -> add(here, other);
                case DIFFERENT ->
                    notes.add(other.name() + " is a repeatable, and was changed since " + tool
                            + " ran it: it runs again with the next apply.");
                case NOT_COMPARED ->
                    notes.add(other.name() + " is a repeatable, and was not compared with what " + tool
                            + " ran, since the values of its placeholders then are not known here: it runs again with"
                            + " the next apply.");
            }
        }

        private void add(Migration migration, OtherMigration other) {
            Match match = matches.remove(migration.version());
            matches.put(
                    migration.version(),
                    match == null ? new Match(migration, Set.of(other.name()), other.origin()) : match.and(other));
        }

        private void refuseUnknown() {
            if (!unknown.isEmpty()) {
                throw new Refused(
                        "Nothing was adopted: " + tool + " has applied what there is no file for here:\n"
                                + list(unknown),
                        "A file is found by its version: give it the one that " + tool
                                + " has, or point to it with 'locations'. To say yourself what is applied, use"
                                + " 'stamp VERSION'.");
            }
        }

        private void refuseChanged() {
            if (!changed.isEmpty()) {
                throw new Refused(
                        "Nothing was adopted: these files are not what " + tool
                                + " ran; its checksums are of another text:\n" + list(changed),
                        "Put each file back as it was when it ran, and make the change a new migration. If only comments"
                                + " or white space differ, let " + tool + " accept the file first, as Flyway's 'repair'"
                                + " does; or say yourself what is applied: 'stamp VERSION'.");
            }
        }

        /** What counts as applied includes all that it requires, so what did not run would count as applied. */
        private void refuseGaps() {
            Set<MigrationVersion> required = new TreeSet<>();
            matches.keySet().stream()
                    .filter(version -> !version.isRepeatable())
                    .forEach(version -> set.pathTo(version).forEach(one -> required.add(one.version())));
            required.removeAll(matches.keySet());
            if (!required.isEmpty()) {
                List<String> missing = required.stream()
                        .map(version -> set.find(version).orElseThrow().up().name())
                        .toList();
                throw new Refused(
                        "Nothing was adopted: " + tool + " has not applied these, but later ones:\n" + list(missing),
                        "Apply them with " + tool + " first; or, if a later one does not need them, say so in its"
                                + " header: '-- migrate:requires VERSION'.");
            }
        }

        private static String list(List<String> names) {
            String more = names.size() > MOST_LISTED ? "\n  and " + (names.size() - MOST_LISTED) + " more" : "";
            return names.stream().limit(MOST_LISTED).map(name -> "  " + name).collect(joining("\n")) + more;
        }

        private static String shortened(List<String> names) {
            return names.size() <= 3
                    ? String.join(", ", names)
                    : String.join(", ", names.subList(0, 3)) + " and " + (names.size() - 3) + " more";
        }
    }
}
