package io.mhras.migrations.schema.report;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which migrations are rehearsed, and on what.
 *
 * @param before what is there already, in the order in which it was applied; it is not measured
 * @param rehearsed what is rehearsed, in the order in which it runs
 * @param schema a dump that has made what is there, instead of its migrations; null if they make it
 * @param data a dump of rows, which is loaded before the first of the rehearsed runs; null for none
 * @param tags the files of other releases, from which databases are brought to the present ones, by name and in order
 */
public record RehearsalScope(
        List<Migration> before,
        List<Migration> rehearsed,
        @Nullable Path schema,
        @Nullable Path data,
        Map<String, MigrationSet> tags) {

    public RehearsalScope {
        before = List.copyOf(before);
        rehearsed = List.copyOf(rehearsed);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    private RehearsalScope(List<Migration> before, List<Migration> rehearsed, @Nullable Path schema) {
        this(before, rehearsed, schema, null, Map.of());
    }

    /** All of them, from an empty database. */
    public static RehearsalScope all(MigrationSet set) {
        return new RehearsalScope(List.of(), begunWith(beginning(set), set.migrations()), null);
    }

    /** The baseline that stands for what has no files any more. */
    private static Optional<Migration> beginning(MigrationSet set) {
        return set.baselines().stream()
                .filter(baseline -> !set.hasFilesBefore(baseline))
                .reduce((older, newer) -> newer);
    }

    private static List<Migration> begunWith(Optional<Migration> baseline, List<Migration> migrations) {
        return Stream.concat(baseline.stream(), migrations.stream()).toList();
    }

    /** One of them, on all that it requires. */
    public static RehearsalScope only(MigrationSet set, MigrationVersion version) {
        List<Migration> path = set.pathTo(version);
        return new RehearsalScope(
                begunWith(beginning(set), path.subList(0, path.size() - 1)),
                path.subList(path.size() - 1, path.size()),
                null);
    }

    /** These of them, in the order in which they run; the others are there already. */
    public static RehearsalScope pending(MigrationSet set, Set<MigrationVersion> pending) {
        return pending(set, pending, Map.of());
    }

    /**
     * The same.
     *
     * @param earlier the texts that ran of repeatables that have changed since
     */
    public static RehearsalScope pending(
            MigrationSet set, Set<MigrationVersion> pending, Map<MigrationVersion, String> earlier) {
        List<Migration> before = new ArrayList<>();
        List<Migration> rehearsed = new ArrayList<>();
        beginning(set).ifPresent(baseline -> (pending.contains(baseline.version()) ? rehearsed : before).add(baseline));
        for (Migration migration : set.migrations()) {
            String text = earlier.get(migration.version());
            if (!pending.contains(migration.version())) {
                before.add(migration);
                continue;
            }
            rehearsed.add(migration);
            if (text != null) {
                MigrationScript ran = MigrationScript.ofText(
                        migration.up().name(), migration.up().location(), text);
                before.add(new Migration(
                        migration.version(), migration.description(), migration.requires(), ran, null, null));
            }
        }
        return new RehearsalScope(before, rehearsed, null);
    }

    /** Those that do not lead to a version, at which this dump of a schema stands. */
    public static RehearsalScope from(MigrationSet set, MigrationVersion version, Path schema) {
        Set<MigrationVersion> there = new HashSet<>();
        set.pathTo(version).forEach(migration -> there.add(migration.version()));
        Set<MigrationVersion> pending = new HashSet<>();
        set.migrations().stream()
                .map(Migration::version)
                .filter(other -> !there.contains(other))
                .forEach(pending::add);
        RehearsalScope scope = pending(set, pending);
        return new RehearsalScope(scope.before, scope.rehearsed, schema);
    }

    /** The same, with rows in its tables. */
    public RehearsalScope with(Path rows) {
        return new RehearsalScope(before, rehearsed, schema, rows, tags);
    }

    /** The same, and after that from the files of these releases, each on an empty database. */
    public RehearsalScope with(Map<String, MigrationSet> releases) {
        return new RehearsalScope(before, rehearsed, schema, data, releases);
    }

    /** All that is going to run; what is there by a dump is not. */
    public List<MigrationSet> sets() {
        List<MigrationSet> sets = new ArrayList<>(tags.values());
        sets.add(alone(schema == null ? before : List.of()));
        sets.add(alone(rehearsed));
        return sets;
    }

    /** Without those that they require. */
    private static MigrationSet alone(List<Migration> migrations) {
        return MigrationSet.of(migrations.stream().map(RehearsalScope::alone).toList());
    }

    private static Migration alone(Migration migration) {
        return new Migration(
                migration.version(),
                migration.description(),
                List.of(),
                migration.up(),
                migration.down(),
                migration.verify());
    }
}
