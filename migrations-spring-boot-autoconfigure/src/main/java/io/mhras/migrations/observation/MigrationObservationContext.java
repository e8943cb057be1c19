package io.mhras.migrations.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/** What is known of a run, or of one migration in it, while it is observed. */
public final class MigrationObservationContext extends Observation.Context {

    private final String database;
    private final String operation;
    private final @Nullable String version;
    private String outcome = "running";

    MigrationObservationContext(String database, String operation, @Nullable String version) {
        this.database = database;
        this.operation = operation;
        this.version = version;
    }

    /** The database's name. */
    public String database() {
        return database;
    }

    /** What was asked for: {@code migrate}, {@code rollback}; for one migration what happens to it: {@code applied}. */
    public String operation() {
        return operation;
    }

    /** The migration; null for the whole run. */
    public @Nullable String version() {
        return version;
    }

    /** How it ended: {@code success}, {@code up_to_date} or {@code failure}; {@code running} before that. */
    public String outcome() {
        return outcome;
    }

    void endedWith(String newOutcome) {
        outcome = newOutcome;
    }
}
