package io.mhras.migrations;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import io.mhras.migrations.MigrationException.InvalidTarget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The loaded migrations as a graph: what requires what, in which order they run, where it ends.
 *
 * <p>A migration that names no requirement requires the preceding version, so plain numbered files are a line. Immutable.
 */
public final class MigrationSet {

    private static final int MOST_LISTED = 10;

    private final NavigableMap<MigrationVersion, Migration> byVersion;
    private final NavigableMap<MigrationVersion, Migration> baselines;
    private final Map<MigrationVersion, List<MigrationVersion>> requirements;
    private final List<Migration> ordered;
    private final String fingerprint;
    private final List<String> notes;

    private MigrationSet(
            NavigableMap<MigrationVersion, Migration> byVersion,
            NavigableMap<MigrationVersion, Migration> baselines,
            List<String> notes) {
        this.notes = List.copyOf(notes);
        this.byVersion = byVersion;
        this.baselines = baselines;
        this.requirements = new HashMap<>(2 * byVersion.size());
        boolean isLine = true;
        for (Migration migration : byVersion.values()) {
            requirements.put(migration.version(), requirementsOf(migration));
            isLine &= migration.requires() == null;
        }
        this.ordered = isLine ? List.copyOf(byVersion.values()) : order();
        this.fingerprint = Fingerprint.of(ordered).toString();
    }

    /**
     * Makes the graph.
     *
     * @throws MigrationException.InvalidMigration if two have one version, or a requirement is unknown or goes in a circle
     */
    public static MigrationSet of(Collection<Migration> migrations) {
        return of(migrations, List.of());
    }

    /**
     * Makes the graph.
     *
     * @param notes what is to be known about the files, each a sentence
     * @throws MigrationException.InvalidMigration if two have one version, or a requirement is unknown or goes in a circle
     */
    public static MigrationSet of(Collection<Migration> migrations, List<String> notes) {
        TreeMap<MigrationVersion, Migration> byVersion = new TreeMap<>();
        TreeMap<MigrationVersion, Migration> baselines = new TreeMap<>();
        for (Migration migration : migrations) {
            Migration other = (migration.baseline() ? baselines : byVersion).put(migration.version(), migration);
            if (other != null) {
                throw new MigrationException.InvalidMigration(
                        "two migrations have version " + migration.version() + ": "
                                + other.up().location() + " and "
                                + migration.up().location() + ".",
                        null,
                        "Give one of them another version.");
            }
        }
        return new MigrationSet(byVersion, baselines, notes);
    }

    /** All but baselines, in the order in which they run: by requirement, ties by version, repeatables last. */
    public List<Migration> migrations() {
        return ordered;
    }

    /** What is to be known about the files though it is no error, each a sentence. */
    public List<String> notes() {
        return notes;
    }

    /** The one with this version. */
    public Optional<Migration> find(MigrationVersion version) {
        return Optional.ofNullable(byVersion.get(version));
    }

    /** The baselines, the oldest first. */
    public Collection<Migration> baselines() {
        return baselines.values();
    }

    /** The baseline with this version. */
    public Optional<Migration> baseline(MigrationVersion version) {
        return Optional.ofNullable(baselines.get(version));
    }

    /** The newest baseline up to a version; null if there is none. */
    public @Nullable Migration newestBaseline(MigrationVersion most) {
        var newest = baselines.floorEntry(most);
        return newest == null ? null : newest.getValue();
    }

    /** Whether a baseline stands for this version, so that its file may be gone. */
    public boolean isInBaseline(MigrationVersion version) {
        return !version.isRepeatable() && baselines.ceilingKey(version) != null;
    }

    /** Whether any of the migrations that the baseline stands for has its own file. */
    public boolean hasFilesBefore(Migration baseline) {
        return versioned().anyMatch(baseline::standsFor);
    }

    /** What a migration requires, whether its header names it or it is the preceding version. */
    public List<MigrationVersion> requirements(MigrationVersion version) {
        return requirements.getOrDefault(version, List.of());
    }

    /** The versions that no other requires: one for a line, several for a graph with open branches. */
    public List<MigrationVersion> heads() {
        Set<MigrationVersion> required = new HashSet<>();
        requirements.values().forEach(required::addAll);
        List<MigrationVersion> heads =
                versioned().filter(version -> !required.contains(version)).toList();
        return heads.isEmpty() && !baselines.isEmpty() ? List.of(baselines.lastKey()) : heads;
    }

    /** The version and all that it requires, however indirectly, in the order in which they run. */
    public List<Migration> pathTo(MigrationVersion version) {
        Set<MigrationVersion> needed = new HashSet<>();
        Deque<MigrationVersion> open = new ArrayDeque<>(List.of(version));
        while (!open.isEmpty()) {
            MigrationVersion next = open.pop();
            if (needed.add(next)) {
                open.addAll(requirements(next));
            }
        }
        return ordered.stream()
                .filter(migration -> needed.contains(migration.version()))
                .toList();
    }

    /** The versions that require this one, however indirectly; without itself. */
    public Set<MigrationVersion> dependents(MigrationVersion version) {
        Set<MigrationVersion> found = new LinkedHashSet<>();
        for (Migration migration : ordered) {
            boolean dependent = requirements(migration.version()).stream()
                    .anyMatch(required -> required.equals(version) || found.contains(required));
            if (dependent && !migration.version().equals(version)) {
                found.add(migration.version());
            }
        }
        return found;
    }

    /** Stands for all of them; equal to the newest history row's when everything is applied. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Whether these are all of them: each, or those after a baseline and that baseline in place of the others. */
    public boolean isWhole(String applied) {
        if (applied.equals(fingerprint)) {
            return true;
        }
        for (Migration baseline : baselines.values()) {
            List<Migration> with = new ArrayList<>(ordered);
            with.removeIf(migration -> baseline.standsFor(migration.version()));
            with.add(baseline);
            if (applied.equals(Fingerprint.of(with).toString())) {
                return true;
            }
        }
        return false;
    }

    /** The highest version of a file. */
    public Optional<MigrationVersion> newest() {
        return versions().max(Comparator.naturalOrder());
    }

    /**
     * The version that the text names, in full or as an unambiguous beginning.
     *
     * @throws MigrationException.InvalidTarget if there is none, or more than one
     */
    public MigrationVersion resolve(String text) {
        return resolve(text, List.of());
    }

    /**
     * The version that the text names, in full or as an unambiguous beginning.
     *
     * @param withoutFile versions to choose from besides those of the files
     * @throws MigrationException.InvalidTarget if there is none, or more than one
     */
    public MigrationVersion resolve(String text, Collection<MigrationVersion> withoutFile) {
        TreeSet<MigrationVersion> known =
                Stream.concat(versions(), withoutFile.stream()).collect(toCollection(TreeSet::new));
        MigrationVersion exact = MigrationVersion.of(text);
        if (known.contains(exact)) {
            return Objects.requireNonNull(known.floor(exact));
        }
        List<MigrationVersion> matching = known.stream()
                .filter(version -> version.toString().startsWith(text))
                .toList();
        if (matching.size() == 1) {
            return matching.get(0);
        }
        String list = matching.stream().map(MigrationVersion::toString).collect(joining(", "));
        throw matching.isEmpty()
                ? new InvalidTarget(
                        "There is no migration " + text + ".",
                        known.isEmpty()
                                ? "There are no migrations at all; check the locations."
                                : nearest(exact, known))
                : new InvalidTarget("'" + text + "' is ambiguous.", "Write more of it; it could be " + list + ".");
    }

    private static String nearest(MigrationVersion version, NavigableSet<MigrationVersion> known) {
        if (known.size() <= MOST_LISTED) {
            return "There are: "
                    + known.stream().map(MigrationVersion::toString).collect(joining(", ")) + ".";
        }
        Stream<MigrationVersion> before =
                known.headSet(version, false).descendingSet().stream().limit(2);
        Stream<MigrationVersion> after = known.tailSet(version).stream().limit(2);
        return "The nearest are "
                + Stream.concat(before, after)
                        .sorted()
                        .map(MigrationVersion::toString)
                        .collect(joining(", ")) + ".";
    }

    private Stream<MigrationVersion> versions() {
        return baselines.isEmpty() ? versioned() : Stream.concat(versioned(), baselines.keySet().stream());
    }

    private Stream<MigrationVersion> versioned() {
        return byVersion.keySet().stream().filter(version -> !version.isRepeatable());
    }

    private List<MigrationVersion> requirementsOf(Migration migration) {
        List<MigrationVersion> named = migration.requires();
        if (named == null) {
            MigrationVersion preceding = byVersion.lowerKey(migration.version());
            return preceding == null || migration.isRepeatable() ? List.of() : List.of(preceding);
        }
        for (MigrationVersion required : named) {
            if (!byVersion.containsKey(required) && !isInBaseline(required)) {
                throw new MigrationException.InvalidMigration(
                        "it requires " + required + ", and there is no such migration.",
                        whereItRequires(migration),
                        "Correct the version after 'migrate:requires', or add the missing file.");
            }
            if (required.isRepeatable() && !migration.isRepeatable()) {
                throw new MigrationException.InvalidMigration(
                        "it requires the repeatable migration " + required + ", and repeatables run last.",
                        whereItRequires(migration),
                        "Require a versioned migration, or make this one repeatable.");
            }
        }
        return baselines.isEmpty()
                ? named
                : named.stream().filter(byVersion::containsKey).toList();
    }

    private List<Migration> order() {
        Map<MigrationVersion, List<MigrationVersion>> dependents = new HashMap<>();
        Map<MigrationVersion, Integer> open = new HashMap<>();
        requirements.forEach((version, required) -> {
            open.put(version, Set.copyOf(required).size());
            Set.copyOf(required)
                    .forEach(one -> dependents
                            .computeIfAbsent(one, none -> new ArrayList<>())
                            .add(version));
        });
        PriorityQueue<MigrationVersion> ready = new PriorityQueue<>();
        open.forEach((version, count) -> {
            if (count == 0) {
                ready.add(version);
            }
        });
        List<Migration> result = new ArrayList<>(byVersion.size());
        while (!ready.isEmpty()) {
            MigrationVersion next = ready.remove();
            result.add(byVersion.get(next));
            for (MigrationVersion dependent : dependents.getOrDefault(next, List.of())) {
                if (open.merge(dependent, -1, Integer::sum) == 0) {
                    ready.add(dependent);
                }
            }
        }
        if (result.size() < byVersion.size()) {
            throw cycle(open);
        }
        return List.copyOf(result);
    }

    /** Follows open requirements from any migration that could not be ordered until one comes up again. */
    private MigrationException cycle(Map<MigrationVersion, Integer> open) {
        MigrationVersion at = byVersion.keySet().stream()
                .filter(version -> open.getOrDefault(version, 0) > 0)
                .findFirst()
                .orElseThrow();
        List<MigrationVersion> walked = new ArrayList<>();
        while (!walked.contains(at)) {
            walked.add(at);
            at = requirements(at).stream()
                    .filter(version -> open.getOrDefault(version, 0) > 0)
                    .findFirst()
                    .orElseThrow();
        }
        List<MigrationVersion> circle = new ArrayList<>(walked.subList(walked.indexOf(at), walked.size()));
        Migration first = circle.stream()
                .map(version -> find(version).orElseThrow())
                .filter(migration -> migration.requires() != null)
                .findFirst()
                .orElseThrow();
        circle.add(at);
        return new MigrationException.InvalidMigration(
                "the requirements go in a circle: "
                        + circle.stream().map(MigrationVersion::toString).collect(joining(" requires ")) + ".",
                whereItRequires(first),
                "Take one of these requirements out.");
    }

    private static SourceLocation whereItRequires(Migration migration) {
        if (migration.up() instanceof MigrationScript script) {
            List<String> lines = script.text().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains("migrate:requires")) {
                    return new SourceLocation(script.location(), i + 1, 1);
                }
            }
        }
        return SourceLocation.of(migration.up().location());
    }
}
