package io.mhras.migrations.mongodb.history;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.HistoryEntry.Execution;
import io.mhras.migrations.HistoryEntry.Kind;
import io.mhras.migrations.HistoryEntry.Recorded;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.mongodb.shell.ValueText;
import io.mhras.migrations.text.SettingNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** An event of the history as stored in its collection: the fields are those of PostgreSQL's table. */
public final class HistoryDocument {

    /** The run of a script that an unfinished event belongs to: the id of the event with which it began. */
    public static final String RUN = "run";

    /** The seed of a run's random numbers and ids. */
    public static final String SEED = "seed";

    /** Another tool's document has none of these. */
    private static final List<String> OURS = List.of("fingerprint", "checksum", "execution_ms");

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

    /** @throws HistoryUnusable if this is no event of ours, or one that was changed by hand */
    static HistoryEntry entry(BsonDocument document, String collection) {
        if (!(document.get("_id") instanceof BsonNumber id) || !OURS.stream().anyMatch(document::containsKey)) {
            throw notOurs(document, collection);
        }
        Fields fields = new Fields(document, collection);
        return new HistoryEntry(
                id.longValue(),
                fields.event(),
                new Recorded(
                        fields.version(),
                        fields.text("description"),
                        fields.text("script"),
                        fields.text("checksum"),
                        Kind.of(optionalText(document, "kind")),
                        optionalText(document, "revision")),
                fields.statement(),
                new Execution(
                        Duration.ofMillis(fields.number("execution_ms").longValue()),
                        optionalText(document, "error"),
                        fields.text("applied_by"),
                        fields.text("application"),
                        fields.text("host"),
                        fields.time("applied_at"),
                        optionalText(document, "release"),
                        optionalText(document, "commit")),
                fields.text("fingerprint"),
                optionalText(document, "structure"));
    }

    private static HistoryUnusable notOurs(BsonDocument document, String collection) {
        return new HistoryUnusable(
                "The collection " + collection
                        + " is there, but it is not a migration history of ours: the document" + " with _id "
                        + ValueText.json(document.get("_id")) + " is none of its events.",
                "Give the history another name (setting "
                        + SettingNames.quoted("mongodb.collection") + ") or another database (setting "
                        + SettingNames.quoted("mongodb.database") + ").",
                null);
    }

    /** The fields of an event; one that a person has changed is named. */
    private record Fields(BsonDocument document, String collection) {

        Event event() {
            String name = text("event");
            Event event = Event.of(name);
            String likely = name.strip().toUpperCase(Locale.ROOT);
            if (event == Event.NEWER && Event.of(likely) != Event.NEWER) {
                throw changed("event", "holds '" + name + "', and not '" + likely + "'");
            }
            return event;
        }

        MigrationVersion version() {
            String text = text("version");
            try {
                return MigrationVersion.of(text);
            } catch (IllegalArgumentException e) {
                throw changed("version", "holds '" + text + "', which is not a version");
            }
        }

        @Nullable Integer statement() {
            if (!document.containsKey("statement")) {
                return null;
            }
            int statement = number("statement").intValue();
            if (statement < 0) {
                throw changed("statement", "holds " + statement + ", which is no number of a statement");
            }
            return statement;
        }

        String text(String field) {
            if (document.get(field) instanceof BsonString text) {
                return text.getValue();
            }
            throw changed(field, isNo(field, "text"));
        }

        BsonNumber number(String field) {
            if (document.get(field) instanceof BsonNumber number) {
                return number;
            }
            throw changed(field, isNo(field, "number"));
        }

        Instant time(String field) {
            if (document.get(field) instanceof BsonDateTime time) {
                return Instant.ofEpochMilli(time.getValue());
            }
            throw changed(field, isNo(field, "date"));
        }

        private String isNo(String field, String wanted) {
            return document.containsKey(field)
                    ? "holds " + ValueText.json(document.get(field)) + ", which is no " + wanted
                    : "is missing";
        }

        private HistoryUnusable changed(String field, String problem) {
            return HistoryErrors.ofDocument(collection, ValueText.json(document.get("_id")), field, problem);
        }
    }

    static @Nullable String optionalText(BsonDocument document, String field) {
        return document.get(field) instanceof BsonString text ? text.getValue() : null;
    }
}
