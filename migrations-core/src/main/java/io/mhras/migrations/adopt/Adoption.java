package io.mhras.migrations.adopt;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What another tool has applied, and which files here stand for it.
 *
 * @param tool that has applied it
 * @param set the files
 * @param names by the version of each file, what that tool calls it
 * @param repeatables those of that tool, which run again
 */
public record Adoption(
        OtherTool tool, MigrationSet set, Map<MigrationVersion, Set<String>> names, List<String> repeatables) {

    private static final int MOST_LISTED = 20;

    /**
     * Reads that tool's history, which stays as it is, and finds the files.
     *
     * @throws Refused if there is no such history, or several; if it cannot be read or something in it is not finished; if
     *     something has no file, or if something was left out that a file here requires
     */
    public static Adoption of(AdoptionSource source, TableReader reader, MigrationSet set) {
        return of(new HistorySearch(source, reader).read(), set);
    }

    private static Adoption of(OtherHistory history, MigrationSet set) {
        Map<MigrationVersion, Set<String>> names = new LinkedHashMap<>();
        List<String> repeatables = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (OtherMigration other : history.applied()) {
            List<Migration> found = other.in(set);
            switch (other.extent()) {
                case NOTHING -> repeatables.add(other.name());
                case ONE, WITH_REQUIRED -> {
                    if (found.isEmpty()) {
                        unknown.add(other.name());
                    }
                }
                case ALL_UP_TO -> {}
            }
            found.stream()
                    .filter(migration -> !migration.isRepeatable())
                    .forEach(migration -> names.computeIfAbsent(migration.version(), version -> new LinkedHashSet<>())
                            .add(other.name()));
        }
        refuseUnknown(history.tool(), unknown);
        Adoption adoption = new Adoption(history.tool(), set, names, repeatables);
        adoption.refuseGaps();
        return adoption;
    }

    private static void refuseUnknown(OtherTool tool, List<String> unknown) {
        if (!unknown.isEmpty()) {
            throw new Refused(
                    "Nothing was adopted: " + tool + " has applied what there is no file for here:\n" + list(unknown),
                    "A file is found by its version: give it the one that " + tool
                            + " has, or point to it with 'locations'. To say yourself what is applied, use"
                            + " 'stamp VERSION'.");
        }
    }

    /** A stamp includes all that a version requires, so what did not run would count as applied. */
    private void refuseGaps() {
        Set<MigrationVersion> required = new TreeSet<>();
        names.keySet().forEach(version -> set.pathTo(version).forEach(one -> required.add(one.version())));
        required.removeAll(names.keySet());
        if (!required.isEmpty()) {
            List<String> missing = required.stream()
                    .map(version -> set.find(version).orElseThrow().up().name())
                    .toList();
            throw new Refused(
                    "Nothing was adopted: " + tool + " has not applied these, but later ones:\n" + list(missing),
                    "Apply them with " + tool + " first; or, if a later one does not need them, say so in its header:"
                            + " '-- migrate:requires VERSION'.");
        }
    }

    private static String list(List<String> names) {
        String more = names.size() > MOST_LISTED ? "\n  and " + (names.size() - MOST_LISTED) + " more" : "";
        return names.stream().limit(MOST_LISTED).map(name -> "  " + name).collect(joining("\n")) + more;
    }

    /** What to mark as applied. */
    public Target[] targets() {
        Set<MigrationVersion> heads = new LinkedHashSet<>(names.keySet());
        names.keySet().forEach(version -> set.requirements(version).forEach(heads::remove));
        return heads.stream()
                .map(version -> new Target.Version(version.toString()))
                .toArray(Target[]::new);
    }
}
