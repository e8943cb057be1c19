package io.mhras.migrations.mongodb.lease;

import static com.mongodb.client.model.Aggregates.addFields;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.nor;

import com.mongodb.MongoException;
import com.mongodb.client.model.Field;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationActivity.Session;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.HistoryErrors;
import io.mhras.migrations.mongodb.server.IndexBuild;
import io.mhras.migrations.mongodb.shell.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Reads from the lease what its holder does. */
public final class MongoActivity {

    /** In the lease's note, where its holder runs no script: what it does. */
    public static final String PHASE = "phase";

    private final HistoryCollections collections;

    public MongoActivity(HistoryCollections collections) {
        this.collections = collections;
    }

    /** Empty if the lease is free. */
    public Optional<MigrationActivity> read() {
        try {
            BsonDocument lease = collections
                    .lock()
                    .aggregate(List.of(
                            match(and(eq("_id", MongoLease.ID), nor(MongoLease.free()))),
                            addFields(new Field<>("now", "$$NOW"))))
                    .first();
            return Optional.ofNullable(lease).map(this::activity);
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    private MigrationActivity activity(BsonDocument lease) {
        BsonDocument note = lease.getDocument("step", new BsonDocument());
        Instant since = time(lease, note.isEmpty() ? "acquiredAt" : "stepSince");
        Instant now = time(lease, "now");
        String namespace = text(note, "namespace");
        IndexBuild build = note.isEmpty() || Operation.of(text(note, "operation")) != Operation.CREATE_INDEXES
                ? null
                : IndexBuild.find(collections.client(), namespace);
        return new MigrationActivity(
                text(note, "script"),
                null,
                number(note, "n"),
                null,
                note.containsKey("line")
                        ? "line " + number(note, "line") + ", " + text(note, "operation") + " " + namespace
                        : null,
                since,
                Duration.between(since, now),
                build == null ? optionalText(note, PHASE) : build.phase(),
                build == null ? null : build.percent(),
                null,
                session(
                        lease.getDocument("holder", new BsonDocument()),
                        Duration.between(time(lease, "acquiredAt"), now)),
                List.of());
    }

    private static Session session(BsonDocument holder, Duration since) {
        return new Session(
                text(holder, "process"),
                text(holder, "user"),
                text(holder, "application"),
                text(holder, "host"),
                "active",
                since,
                null);
    }

    private static Instant time(BsonDocument document, String field) {
        return Instant.ofEpochMilli(document.getDateTime(field).getValue());
    }

    private static int number(BsonDocument document, String field) {
        return document.getNumber(field, new BsonInt64(0)).intValue();
    }

    private static @Nullable String optionalText(BsonDocument document, String field) {
        return document.containsKey(field) ? text(document, field) : null;
    }

    static String text(BsonDocument document, String field) {
        return document.getString(field, new BsonString("")).getValue();
    }
}
