package io.mhras.migrations.observation;

import io.mhras.migrations.DriftResult;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.VerificationResult;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers what the checks of each database came to when they were run last, and the comparison of its structure. */
public final class LastResults implements MigrationListener {

    private final Map<String, VerificationResult> verifications = new ConcurrentHashMap<>();
    private final Map<String, DriftResult> drifts = new ConcurrentHashMap<>();

    @Override
    public void onVerified(VerificationResult result) {
        verifications.put(result.database(), result);
    }

    @Override
    public void onDrift(DriftResult result) {
        drifts.put(result.database(), result);
    }

    /** Of the database of this name; empty if its checks were not run yet. */
    public Optional<VerificationResult> verification(String database) {
        return Optional.ofNullable(verifications.get(database));
    }

    /** Of the database of this name; empty if its structure was not compared yet. */
    public Optional<DriftResult> drift(String database) {
        return Optional.ofNullable(drifts.get(database));
    }
}
