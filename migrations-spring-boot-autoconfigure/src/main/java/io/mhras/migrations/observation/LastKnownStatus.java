package io.mhras.migrations.observation;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationResult.Operation;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.engine.Migrator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers where each database stood when it was last read, by a health check, the endpoint or a run.
 *
 * <p>Reads the status itself once after each run, when first asked: a start with nothing to apply reads no status.
 */
public final class LastKnownStatus implements MigrationListener {

    private final Map<String, Optional<MigrationStatus>> known = new ConcurrentHashMap<>();

    @Override
    public void onStatus(MigrationStatus status) {
        known.put(status.database(), Optional.of(status));
    }

    @Override
    public void onDone(MigrationResult result) {
        known.remove(result.database());
    }

    @Override
    public void onFailure(String database, Operation operation, MigrationException failure) {
        known.remove(database);
    }

    /** The database's status; empty if it could not be read. */
    Optional<MigrationStatus> of(Migrator migrator) {
        Optional<MigrationStatus> status = known.putIfAbsent(migrator.database(), Optional.empty());
        return status == null ? read(migrator) : status;
    }

    private Optional<MigrationStatus> read(Migrator migrator) {
        try {
            MigrationStatus status = migrator.status();
            onStatus(status);
            return Optional.of(status);
        } catch (MigrationException e) {
            // Not tried again at each scrape: the health check reports it, and brings the next status.
            return Optional.empty();
        }
    }
}
