package io.mhras.migrations.actuate;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What has happened to one database.
 *
 * @param database its name
 * @param error why the history could not be read, and what to do; null if it could
 * @param history the events, newest first
 */
public record HistoryDescriptor(String database, @Nullable String error, List<EventDescriptor> history)
        implements OperationResponseBody {

    static HistoryDescriptor of(String database, List<HistoryEntry> entries) {
        return new HistoryDescriptor(
                database, null, entries.stream().map(EventDescriptor::of).toList());
    }

    static HistoryDescriptor unavailable(String database, MigrationException failure) {
        return new HistoryDescriptor(database, failure.getMessage(), List.of());
    }

    /**
     * One event.
     *
     * @param id counts up with each event
     * @param event see {@link Event}
     * @param version the migration that it happened to
     * @param description the migration's description
     * @param script the name of the script that ran, or that was marked
     * @param checksum the SHA-256 of the up script at that time
     * @param statement how far a script without a transaction came; null for all others
     * @param at when, by the database's clock
     * @param durationMs how long the script took, in milliseconds
     * @param by the database user
     * @param application the service that did it
     * @param host the machine that it ran on
     * @param error what went wrong; null if nothing did
     */
    public record EventDescriptor(
            long id,
            Event event,
            String version,
            String description,
            String script,
            String checksum,
            @Nullable Integer statement,
            Instant at,
            long durationMs,
            String by,
            String application,
            String host,
            @Nullable String error) {

        static EventDescriptor of(HistoryEntry entry) {
            return new EventDescriptor(
                    entry.id(),
                    entry.event(),
                    entry.version().toString(),
                    entry.description(),
                    entry.script(),
                    entry.checksum(),
                    entry.statement(),
                    entry.appliedAt(),
                    entry.duration().toMillis(),
                    entry.appliedBy(),
                    entry.application(),
                    entry.host(),
                    entry.error());
        }
    }
}
