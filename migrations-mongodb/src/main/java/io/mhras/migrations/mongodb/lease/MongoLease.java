package io.mhras.migrations.mongodb.lease;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.currentDate;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.HistoryErrors;
import io.mhras.migrations.mongodb.history.MigratingProcess;
import io.mhras.migrations.mongodb.server.MongoErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock that keeps all but one process from changing a history: one document, which belongs to its holder for a time that
 * the holder renews.
 *
 * <p>Only the server's clock says whether the time is over. The document is dropped only with the history, so that the
 * fencing token, which every new holder increments, only grows. Thread-safe.
 */
public final class MongoLease {

    private static final Logger log = LoggerFactory.getLogger(MongoLease.class);

    /** The document's _id. */
    static final String ID = "lease";

    // The intent: what is to be done next, written before it is done.
    private static final String NOTE = "step";
    private static final String NOTED_AT = "stepSince";

    private static final int MOST_ATTEMPTS = 6;

    private final HistoryCollections collections;
    private final MongoCollection<BsonDocument> lock;
    private final Duration length;
    private final String owner = UUID.randomUUID().toString();
    private volatile long fence;
    private volatile long deadline;

    public MongoLease(HistoryCollections collections, Duration length) {
        this.collections = collections;
        this.length = length;
        // A renewal that waits for lagging members must not keep the next one from being sent: the server, which
        // compares the times, has it nevertheless.
        this.lock = collections
                .lock()
                .withWriteConcern(WriteConcern.MAJORITY.withWTimeout(length.toMillis() / 3, TimeUnit.MILLISECONDS));
    }

    /** A filter for the document while the lease is free. */
    static Bson free() {
        Document end = new Document("$add", List.of("$renewedAt", "$leaseMs"));
        return or(eq("owner", null), new Document("$expr", new Document("$lte", List.of(end, "$$NOW"))));
    }

    /** Takes the lease if it is free. */
    public boolean tryAcquire(MigratingProcess holder) {
        return take(holder) || (makeDocument() && take(holder));
    }

    private boolean take(MigratingProcess holder) {
        // An answer of the server that got lost may have made us the owner already.
        Bson ours = and(eq("_id", ID), or(eq("owner", owner), free()));
        Bson take = combine(
                set("owner", owner),
                set("leaseMs", length.toMillis()),
                set("holder", holder.document()),
                inc("fence", 1L),
                currentDate("acquiredAt"),
                currentDate("renewedAt"));
        BsonDocument taken = change(ours, take);
        fence = taken == null ? 0 : taken.getNumber("fence").longValue();
        return taken != null;
    }

    /** What a majority has not acknowledged in time has been done, and may be done again. */
    private @Nullable BsonDocument change(Bson filter, Bson update) {
        for (int attempt = 1; ; attempt++) {
            try {
                long sent = System.nanoTime();
                BsonDocument changed = lock.findOneAndUpdate(filter, update, after());
                deadline = sent + length.toNanos();
                return changed;
            } catch (MongoException e) {
                if (attempt == MOST_ATTEMPTS || e.getCode() != MongoErrors.MAJORITY_IS_LATE) {
                    throw HistoryErrors.of(collections, e);
                }
            }
        }
    }

    /**
     * Creates the document, free, if there is none. Separately: the server takes no {@code $expr} in an upsert.
     *
     * @return whether it was missing
     */
    private boolean makeDocument() {
        try {
            return lock.updateOne(eq("_id", ID), setOnInsert("fence", 0L), new UpdateOptions().upsert(true))
                            .getMatchedCount()
                    == 0;
        } catch (MongoException e) {
            // Another process makes it at the same time; or it is made, and members lag, and taking it waits for them.
            if (e.getCode() == MongoErrors.DUPLICATE_KEY || e.getCode() == MongoErrors.MAJORITY_IS_LATE) {
                return true;
            }
            throw HistoryErrors.of(collections, e);
        }
    }

    /** The fencing token: which holder this is, counted from 1. */
    public long fence() {
        return fence;
    }

    /** How long it lasts without being renewed. */
    Duration length() {
        return length;
    }

    /**
     * Renews the lease, and makes sure that it is still held.
     *
     * @return when, by the server's clock
     */
    public Instant renew() {
        return beat(List.of());
    }

    /** The same, with the intent of what is going to be done: one write, so that there is no intent without the lease. */
    public Instant renewFor(BsonDocument note) {
        Instant now = beat(List.of(set(NOTE, note), currentDate(NOTED_AT)));
        mustBeHeld();
        return now;
    }

    /** The same once the last intent is settled, and its outcome is known elsewhere or does not matter. */
    public Instant renewSettled() {
        return beat(List.of(unset(NOTE), unset(NOTED_AT)));
    }

    /** The intent that is not settled, of this holder or an earlier one; null if there is none. */
    public static @Nullable BsonDocument openNote(HistoryCollections collections) {
        BsonDocument document = collections.lock().find(eq("_id", ID)).first();
        return document != null && document.get(NOTE) instanceof BsonDocument note ? note : null;
    }

    private Instant beat(List<Bson> changes) {
        Bson update =
                changes.isEmpty() ? currentDate("renewedAt") : combine(currentDate("renewedAt"), combine(changes));
        BsonDocument held = change(isOurs(), update);
        if (held == null) {
            throw lost();
        }
        return Instant.ofEpochMilli(held.getDateTime("renewedAt").getValue());
    }

    /** The last check before a write is sent: what the server said a moment ago may be old by now. */
    private void mustBeHeld() {
        if (System.nanoTime() - deadline > 0) {
            throw HistoryErrors.lostLock(
                    collections,
                    "this process could not renew it for " + length.toSeconds()
                            + " s, and another may have taken over. It stopped before its next write.");
        }
    }

    /** Another has it, or it is gone: who holds it does not lose it in any other way. */
    private MigrationException lost() {
        try {
            return lock.find(eq("_id", ID)).first() == null
                    ? HistoryErrors.lockIsGone(collections)
                    : HistoryErrors.lostLock(
                            collections,
                            "another process has taken it over, as it can once it was not renewed for "
                                    + length.toSeconds() + " s. It stopped before its next write.");
        } catch (MongoException e) {
            return HistoryErrors.of(collections, e);
        }
    }

    private Bson isOurs() {
        return and(eq("_id", ID), eq("owner", owner), eq("fence", fence));
    }

    private static FindOneAndUpdateOptions after() {
        return new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
    }

    /** Releases it for good: its collection is dropped, unless it has another holder by now. */
    public void discard() {
        try {
            // While it is held: a waiter may have taken a new one by the time that an old one is dropped.
            renew();
            lock.drop();
        } catch (MigrationException e) {
            log.warn("{} was left. {}", lock.getNamespace(), e.problem());
        } catch (MongoException e) {
            log.warn("{} could not be dropped. {}", lock.getNamespace(), MongoErrors.message(e));
        }
    }

    /** Releases it, with an intent that is not settled still in it. */
    public void release() {
        try {
            lock.updateOne(isOurs(), combine(unset("owner"), unset("holder")));
        } catch (MongoException e) {
            log.warn(
                    "The migration lock could not be given back, and is free in {} s. {}",
                    length.toSeconds(),
                    MongoErrors.message(e));
        }
    }
}
