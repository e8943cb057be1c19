package io.mhras.migrations.actuate;

import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import io.mhras.migrations.observation.LastResults;
import java.time.Duration;
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
 * <p>Takes no lock and changes nothing; what it writes is only what it is asked to look at anew: the checks of what is applied,
 * and the structure. That takes the server some work, so it is for those who have unrestricted access. A database that cannot be
 * read is shown with the reason; the others are not
 * affected.
 */
@Endpoint(id = "migrations", defaultAccess = Access.READ_ONLY)
public final class MigrationsEndpoint {

    private static final String VERIFY = "verify";
    private static final String DRIFT = "drift";

    private final Map<String, Migrator> migrators;
    private final LastResults results;
    private final Duration timeout;

    /**
     * An endpoint.
     *
     * @param migrators by the names of their databases
     * @param results what checks and comparisons came to last
     * @param timeout how long a statement of a check may run
     */
    public MigrationsEndpoint(Map<String, Migrator> migrators, LastResults results, Duration timeout) {
        this.migrators = migrators;
        this.results = results;
        this.timeout = timeout;
    }

    /** Where each database stands. */
    @ReadOperation
    public MigrationsDescriptor migrations() {
        Map<String, DatabaseDescriptor> databases = new LinkedHashMap<>();
        migrators.forEach((name, migrator) -> databases.put(name, database(name, migrator)));
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

    /**
     * Looks at a database anew: {@code verify} runs the checks of what is applied, {@code drift} compares the structure.
     *
     * @return what came out; null if there is no such database, or nothing of that name to do
     */
    @WriteOperation
    public @Nullable OperationResponseBody look(@Selector String database, @Selector String what) {
        Migrator migrator = migrators.get(database);
        if (migrator == null) {
            return null;
        }
        return switch (what) {
            case VERIFY -> verify(database, migrator);
            case DRIFT -> drift(database, migrator);
            default -> null;
        };
    }

    /** One after the other: whoever asks twice does not want twice the work at one time. */
    private synchronized VerificationDescriptor verify(String database, Migrator migrator) {
        try {
            return VerificationDescriptor.of(migrator.verify(List.of(), timeout, check -> {}));
        } catch (MigrationException e) {
            return VerificationDescriptor.unavailable(database, e);
        }
    }

    private synchronized DriftDescriptor drift(String database, Migrator migrator) {
        try {
            return DriftDescriptor.of(migrator.drift());
        } catch (MigrationException e) {
            return DriftDescriptor.unavailable(database, e);
        }
    }

    /**
     * One migration with its events, newest first; or what {@code verify} or {@code drift} came to last; null if nothing is known
     * of it.
     */
    @ReadOperation
    public @Nullable OperationResponseBody migration(@Selector String database, @Selector String version) {
        Migrator migrator = migrators.get(database);
        if (migrator != null && version.equals(VERIFY)) {
            return results.verification(database)
                    .map(VerificationDescriptor::of)
                    .orElse(null);
        }
        if (migrator != null && version.equals(DRIFT)) {
            return results.drift(database).map(DriftDescriptor::of).orElse(null);
        }
        if (migrator == null || !MigrationVersion.isValid(version)) {
            return null;
        }
        try {
            return migration(database, migrator, MigrationVersion.of(version));
        } catch (MigrationException e) {
            return MigrationHistoryDescriptor.unavailable(database, e);
        }
    }

    private DatabaseDescriptor database(String name, Migrator migrator) {
        try {
            return DatabaseDescriptor.of(
                    migrator.status(),
                    migrator.activity().orElse(null),
                    results.verification(name).orElse(null),
                    results.drift(name).orElse(null));
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
