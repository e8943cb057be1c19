package io.mhras.migrations.cli.report;

import io.mhras.migrations.DatabaseHealth;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.cli.terminal.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a report says, in whichever format.
 *
 * @param at when it was made
 * @param database the kind of database
 * @param state all migrations' states in one word
 * @param current the versions that the database has
 * @param heads the newest versions that there are files for
 * @param counts how many migrations are in which state
 * @param total how long all that are applied took together
 * @param migrations each of them, in the order in which they run
 * @param slowest those that took longest, the slowest first
 * @param failures what has ever failed, the newest first
 * @param health the health of the database; null if its kind does not report it
 */
public record Report(
        Instant at,
        String database,
        String state,
        List<String> current,
        List<String> heads,
        Map<MigrationState, Integer> counts,
        Duration total,
        List<Item> migrations,
        List<Item> slowest,
        List<HistoryEntry> failures,
        @Nullable DatabaseHealth health) {

    private static final int SLOWEST = 10;

    /** The report of what was read. */
    public static Report of(
            Instant at, MigrationStatus status, List<HistoryEntry> history, @Nullable DatabaseHealth health) {
        return new Report(
                at,
                status.database(),
                status.summary().name(),
                status.current().stream().map(Object::toString).toList(),
                status.heads().stream().map(Object::toString).toList(),
                status.counts(),
                status.migrations().stream()
                        .filter(Report::hasRun)
                        .map(Report::duration)
                        .reduce(Duration.ZERO, Duration::plus),
                status.migrations(),
                status.migrations().stream()
                        .filter(Report::hasRun)
                        .sorted(Comparator.comparing(Report::duration).reversed())
                        .limit(SLOWEST)
                        .toList(),
                history.stream().filter(entry -> entry.event() == Event.FAILED).toList(),
                health);
    }

    /** Whether what it calls tables are collections of documents. */
    boolean hasCollections() {
        return database.equals(DatabaseKind.MONGODB.toString());
    }

    /** Marking one takes a moment, too, but that is not its duration. */
    static boolean hasRun(Item item) {
        return item.duration() != null && item.state() != MigrationState.STAMPED;
    }

    /** {@code 11 ms}; empty for what has not run. */
    static String took(Item item) {
        return hasRun(item) ? Wording.milliseconds(duration(item)) : "";
    }

    /** Zero for what has not run. */
    static Duration duration(Item item) {
        return Objects.requireNonNullElse(item.duration(), Duration.ZERO);
    }

    /** {@code 2 pending, 3 applied}. */
    String describeCounts() {
        String text = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + Wording.words(count.getKey()))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "no migrations" : text;
    }

    /** The database's name and server; its kind if it does not say more. */
    String title() {
        return Optional.ofNullable(health)
                .map(known -> known.name() + " on " + known.server())
                .orElse(database);
    }

    /** {@code up to date}. */
    String describeState() {
        return state.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** {@code 5 of 100 connections, 2 of them at work}. */
    static String describe(DatabaseHealth.Connections connections) {
        return connections.open() + " of " + connections.limit() + " connections of the server taken, "
                + connections.active() + " of this database at work";
    }
}
