package io.mhras.migrations;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a database stands.
 *
 * @param database its name, for example {@code postgresql}
 * @param current the applied versions that no applied one requires: one for a line, none for an empty database
 * @param heads the versions that no other requires
 * @param migrations each migration, in the order in which they run, repeatables last
 * @param problem what shows that the history was changed by hand, so that it does not tell what is applied; null if nothing
 *     does
 */
public record MigrationStatus(
        String database,
        List<MigrationVersion> current,
        List<MigrationVersion> heads,
        List<Item> migrations,
        @Nullable String problem) {

    public MigrationStatus {
        current = List.copyOf(current);
        heads = List.copyOf(heads);
        migrations = List.copyOf(migrations);
    }

    /** All migrations' states in one word, the worst first. */
    public enum Summary {
        /** Files and history contradict each other, or the history contradicts itself. */
        CONFLICT,
        /** The newest run of some migration failed. */
        FAILED,
        /** There is something to apply. */
        PENDING,
        /** Nothing to apply, and a newer release has applied more. */
        AHEAD,
        /** Nothing to apply. */
        UP_TO_DATE
    }

    /**
     * One migration.
     *
     * @param version what identifies it
     * @param description its file name's words
     * @param state see {@link MigrationState}
     * @param script the file's name
     * @param location where the file is; null if there is none
     * @param checksum of the file; or of what ran, if there is no file
     * @param appliedAt when it was applied; null if it is not
     * @param duration how long it took; null if it is not applied
     * @param appliedBy the database user; null if it is not applied
     * @param requires what must be applied before it
     * @param error why its newest run failed; null unless it did
     * @param remedy what to do where another run alone does not help; null otherwise
     */
    public record Item(
            MigrationVersion version,
            String description,
            MigrationState state,
            String script,
            @Nullable String location,
            String checksum,
            @Nullable Instant appliedAt,
            @Nullable Duration duration,
            @Nullable String appliedBy,
            List<MigrationVersion> requires,
            @Nullable String error,
            @Nullable String remedy) {

        private Item as(MigrationState newState) {
            return new Item(
                    version,
                    description,
                    newState,
                    script,
                    location,
                    checksum,
                    appliedAt,
                    duration,
                    appliedBy,
                    requires,
                    newState == MigrationState.FAILED ? error : null,
                    null);
        }

        private Item remediedBy(String newRemedy) {
            return new Item(
                    version,
                    description,
                    state,
                    script,
                    location,
                    checksum,
                    appliedAt,
                    duration,
                    appliedBy,
                    requires,
                    error,
                    newRemedy);
        }
    }

    /** The same with another state for these. */
    public MigrationStatus with(Predicate<Item> which, MigrationState state) {
        List<Item> items = migrations.stream()
                .map(item -> which.test(item) ? item.as(state) : item)
                .toList();
        return new MigrationStatus(database, current, heads, items, problem);
    }

    /** The same with what to do about these. */
    public MigrationStatus with(Predicate<Item> which, Function<Item, String> remedy) {
        List<Item> items = migrations.stream()
                .map(item -> which.test(item) ? item.remediedBy(remedy.apply(item)) : item)
                .toList();
        return new MigrationStatus(database, current, heads, items, problem);
    }

    /** All migrations' states in one word. */
    public Summary summary() {
        Set<MigrationState> states = counts().keySet();
        if (problem != null || states.stream().anyMatch(MigrationState::isConflict)) {
            return Summary.CONFLICT;
        }
        if (states.contains(MigrationState.FAILED)) {
            return Summary.FAILED;
        }
        if (states.stream().anyMatch(state -> !state.isApplied())) {
            return Summary.PENDING;
        }
        return states.contains(MigrationState.AHEAD) ? Summary.AHEAD : Summary.UP_TO_DATE;
    }

    /** How many migrations are in which state; states with none are left out. */
    public Map<MigrationState, Integer> counts() {
        Map<MigrationState, Integer> counts = new EnumMap<>(MigrationState.class);
        migrations.forEach(item -> counts.merge(item.state(), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }

    /** The migrations in one of these states. */
    public List<Item> in(MigrationState... states) {
        List<MigrationState> wanted = List.of(states);
        return migrations.stream().filter(item -> wanted.contains(item.state())).toList();
    }

    /** How many there are to apply. */
    public int pending() {
        return (int)
                migrations.stream().filter(item -> !item.state().isApplied()).count();
    }
}
