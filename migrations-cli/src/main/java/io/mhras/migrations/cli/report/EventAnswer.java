package io.mhras.migrations.cli.report;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationVersion;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event in JSON: all on one level. */
record EventAnswer(
        long id,
        Event event,
        MigrationVersion version,
        String description,
        String script,
        String checksum,
        @Nullable Integer statement,
        Duration duration,
        @Nullable String error,
        String appliedBy,
        String application,
        String host,
        Instant appliedAt,
        String fingerprint,
        @Nullable String revision,
        @Nullable String release,
        @Nullable String commit,
        @Nullable String structure) {

    static EventAnswer of(HistoryEntry entry) {
        return new EventAnswer(
                entry.id(),
                entry.event(),
                entry.version(),
                entry.description(),
                entry.script(),
                entry.checksum(),
                entry.statement(),
                entry.duration(),
                entry.error(),
                entry.appliedBy(),
                entry.application(),
                entry.host(),
                entry.appliedAt(),
                entry.fingerprint(),
                entry.recorded().revision(),
                entry.execution().release(),
                entry.execution().commit(),
                entry.structure());
    }
}
