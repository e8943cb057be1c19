package io.mhras.migrations.mongodb.history;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationStep;
import java.time.Duration;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What is to be added to the history.
 *
 * @param statement see {@link HistoryEntry}
 * @param error see {@link HistoryEntry}
 * @param fingerprint empty where the event must not be taken for a finished state
 * @param more fields that {@link HistoryEntry} does not show
 */
public record NewEvent(
        Event event,
        MigrationStep step,
        String script,
        @Nullable Integer statement,
        Duration duration,
        @Nullable String error,
        String fingerprint,
        BsonDocument more) {

    /** What a step is to end in. */
    public static NewEvent of(MigrationStep step, Duration duration) {
        return new NewEvent(
                step.event(),
                step,
                step.scriptName(),
                null,
                duration,
                null,
                step.fingerprint(),
                StoredScripts.of(step));
    }
}
