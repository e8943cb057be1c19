package io.mhras.migrations.actuate;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.actuate.MigrationsDescriptor.DatabaseDescriptor;
import io.mhras.migrations.actuate.MigrationsDescriptor.MigrationDescriptor;
import io.mhras.migrations.engine.Migrator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Shows where each database of the service stands, and what has happened to it.
 *
 * <p>Takes no lock and changes nothing. A database that cannot be read is shown with the reason; the others are not
 * affected.
 */
@Endpoint(id = "migrations", defaultAccess = Access.READ_ONLY)
public final class MigrationsEndpoint {

    private final Map<String, Migrator> migrators;

    /** An endpoint for these migrators, by the names of their databases. */
    public MigrationsEndpoint(Map<String, Migrator> migrators) {
        this.migrators = migrators;
    }

    /** Where each database stands. */
    @ReadOperation
    public MigrationsDescriptor migrations() {
        Map<String, DatabaseDescriptor> databases = new LinkedHashMap<>();
        migrators.forEach((name, migrator) -> databases.put(name, database(migrator)));
        return new MigrationsDescriptor(databases);
    }

    /** What has happened to a database, newest first; null if there is no such database. */
    @ReadOperation
    public @Nullable HistoryDescriptor history(@Selector String database) {
        Migrator migrator = migrators.get(database);
        if (migrator == null) {
            return null;
        }
        try {
            return HistoryDescriptor.of(database, migrator.history());
        } catch (MigrationException e) {
            return HistoryDescriptor.unavailable(database, e);
        }
    }

    /** One migration with its events, newest first; null if nothing is known of it. */
    @ReadOperation
    public @Nullable MigrationHistoryDescriptor migration(@Selector String database, @Selector String version) {
        Migrator migrator = migrators.get(database);
        if (migrator == null || !MigrationVersion.isValid(version)) {
            return null;
        }
        try {
            return migration(database, migrator, MigrationVersion.of(version));
        } catch (MigrationException e) {
            return MigrationHistoryDescriptor.unavailable(database, e);
        }
    }

    private static DatabaseDescriptor database(Migrator migrator) {
        try {
            return DatabaseDescriptor.of(migrator.status(), migrator.activity().orElse(null));
        } catch (MigrationException e) {
            return DatabaseDescriptor.unavailable(e);
        }
    }

    private static @Nullable MigrationHistoryDescriptor migration(
            String database, Migrator migrator, MigrationVersion version) {
        MigrationStatus status = migrator.status();
        MigrationDescriptor descriptor = status.migrations().stream()
                .filter(item -> item.version().equals(version))
                .findFirst()
                .map(MigrationDescriptor::of)
                .orElse(null);
        List<HistoryEntry> events = migrator.history().stream()
                .filter(entry -> entry.version().equals(version))
                .toList();
        return descriptor == null && events.isEmpty()
                ? null
                : MigrationHistoryDescriptor.of(database, descriptor, events);
    }
}
