package io.mhras.migrations.actuate;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.actuate.HistoryDescriptor.EventDescriptor;
import io.mhras.migrations.actuate.MigrationsDescriptor.MigrationDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * One migration, and what has happened to it.
 *
 * @param database the database's name
 * @param error why it could not be read, and what to do; null if it could
 * @param migration the migration; null if only its history is left
 * @param events newest first
 */
public record MigrationHistoryDescriptor(
        String database, @Nullable String error, @Nullable MigrationDescriptor migration, List<EventDescriptor> events)
        implements OperationResponseBody {

    static MigrationHistoryDescriptor of(
            String database, @Nullable MigrationDescriptor migration, List<HistoryEntry> entries) {
        return new MigrationHistoryDescriptor(
                database,
                null,
                migration,
                entries.stream().map(EventDescriptor::of).toList());
    }

    static MigrationHistoryDescriptor unavailable(String database, MigrationException failure) {
        return new MigrationHistoryDescriptor(database, failure.getMessage(), null, List.of());
    }
}
