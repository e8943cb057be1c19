package io.mhras.migrations.mongodb.history;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.HistoryEntry.Execution;
import io.mhras.migrations.HistoryEntry.Kind;
import io.mhras.migrations.HistoryEntry.Recorded;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.SettingNames;
import io.mhras.migrations.mongodb.shell.ValueText;
import java.time.Duration;
import java.time.Instant;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** An event of the history as stored in its collection: the fields are those of PostgreSQL's table. */
public final class HistoryDocument {

    /** The run of a script that an unfinished event belongs to: the id of the event with which it began. */
    public static final String RUN = "run";

    /** The seed of a run's random numbers and ids. */
    public static final String SEED = "seed";

    private HistoryDocument() {}

    static BsonDocument of(HistoryEntry entry) {
        BsonDocument document = new BsonDocument("_id", new BsonInt64(entry.id()))
                .append("event", new BsonString(entry.event().name()))
                .append("version", new BsonString(entry.version().toString()))
                .append("description", new BsonString(entry.description()))
                .append("script", new BsonString(entry.script()))
                .append("checksum", new BsonString(entry.checksum()));
        document.append("kind", new BsonString(entry.recorded().kind().name()));
        append(document, "revision", entry.recorded().revision());
        if (entry.statement() != null) {
            document.append("statement", new BsonInt32(entry.statement()));
        }
        document.append("execution_ms", new BsonInt64(entry.duration().toMillis()));
        append(document, "error", entry.error());
        document.append("applied_by", new BsonString(entry.appliedBy()))
                .append("application", new BsonString(entry.application()))
                .append("host", new BsonString(entry.host()))
                .append("applied_at", new BsonDateTime(entry.appliedAt().toEpochMilli()))
                .append("fingerprint", new BsonString(entry.fingerprint()));
        append(document, "release", entry.execution().release());
        append(document, "commit", entry.execution().commit());
        append(document, "structure", entry.structure());
        return document;
    }

    static void append(BsonDocument document, String field, @Nullable String text) {
        if (text != null) {
            document.append(field, new BsonString(text));
        }
    }

    /** @throws HistoryUnusable if this is no event of ours */
    static HistoryEntry entry(BsonDocument document, String collection) {
        try {
            return new HistoryEntry(
                    document.getNumber("_id").longValue(),
                    Event.of(text(document, "event")),
                    new Recorded(
                            MigrationVersion.of(text(document, "version")),
                            text(document, "description"),
                            text(document, "script"),
                            text(document, "checksum"),
                            Kind.of(optionalText(document, "kind")),
                            optionalText(document, "revision")),
                    document.containsKey("statement")
                            ? document.getNumber("statement").intValue()
                            : null,
                    new Execution(
                            Duration.ofMillis(document.getNumber("execution_ms").longValue()),
                            optionalText(document, "error"),
                            text(document, "applied_by"),
                            text(document, "application"),
                            text(document, "host"),
                            Instant.ofEpochMilli(
                                    document.getDateTime("applied_at").getValue()),
                            optionalText(document, "release"),
                            optionalText(document, "commit")),
                    text(document, "fingerprint"),
                    optionalText(document, "structure"));
        } catch (BsonInvalidOperationException e) {
            throw new HistoryUnusable(
                    "The collection " + collection
                            + " is there, but it is not a migration history of ours: the document" + " with _id "
                            + ValueText.json(document.get("_id")) + " is none of its events.",
                    "Give the history another name (setting "
                            + SettingNames.quoted("mongodb.collection") + ") or another database (setting "
                            + SettingNames.quoted("mongodb.database") + ").",
                    e);
        }
    }

    private static String text(BsonDocument document, String field) {
        return document.getString(field).getValue();
    }

    static @Nullable String optionalText(BsonDocument document, String field) {
        return document.get(field) instanceof BsonString text ? text.getValue() : null;
    }
}
