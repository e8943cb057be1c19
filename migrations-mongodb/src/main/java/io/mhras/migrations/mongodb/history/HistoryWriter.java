package io.mhras.migrations.mongodb.history;

import static java.util.Objects.requireNonNullElse;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Execution;
import io.mhras.migrations.HistoryEntry.Recorded;
import io.mhras.migrations.MigrationStep.Origin;
import io.mhras.migrations.mongodb.server.TransactionEnd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Adds events to the history. Each takes the next number: where two processes write at once, despite the lease, only one
 * of them can.
 */
public final class HistoryWriter {

    private final HistoryCollections collections;
    private final MigratingProcess holder;
    private long last;
    private String fingerprint;

    /** Goes on after the newest event. */
    public HistoryWriter(HistoryCollections collections, MigratingProcess holder, @Nullable HistoryEntry newest) {
        this.collections = collections;
        this.holder = holder;
        this.last = newest == null ? 0 : newest.id();
        this.fingerprint = newest == null ? "" : newest.fingerprint();
    }

    /** The fingerprint of the newest event. */
    public String fingerprint() {
        return fingerprint;
    }

    /** @param at when, by the server's clock */
    public HistoryEntry add(NewEvent event, Instant at) {
        return add(List.of(event), at, null).get(0);
    }

    /**
     * Adds them all.
     *
     * @param session the transaction to do it in; null for none
     * @throws MongoException if the server has undone the transaction, which may be tried again
     */
    public List<HistoryEntry> add(List<NewEvent> events, Instant at, @Nullable ClientSession session) {
        List<HistoryEntry> entries = new ArrayList<>();
        List<BsonDocument> documents = new ArrayList<>();
        for (NewEvent event : events) {
            HistoryEntry entry = entry(event, last + 1 + entries.size(), at);
            entries.add(entry);
            BsonDocument document = HistoryDocument.of(entry);
            document.putAll(event.more());
            documents.add(document);
        }
        try {
            if (session == null) {
                collections.events().insertMany(documents);
            } else {
                collections.events().insertMany(session, documents);
            }
        } catch (MongoException e) {
            if (session != null && TransactionEnd.isToldBy(e)) {
                throw e;
            }
            throw HistoryErrors.of(collections, e);
        }
        HistoryEntry newest = entries.get(entries.size() - 1);
        last = newest.id();
        fingerprint = newest.fingerprint();
        return entries;
    }

    /** Forgets what was added in a transaction that was undone. */
    public void goBackTo(@Nullable HistoryEntry newest) {
        last = newest == null ? 0 : newest.id();
        fingerprint = newest == null ? "" : newest.fingerprint();
    }

    private HistoryEntry entry(NewEvent event, long id, Instant at) {
        Origin origin =
                event.step().origin() == null ? Origin.UNKNOWN : event.step().origin();
        return new HistoryEntry(
                id,
                event.event(),
                Recorded.of(event.step().migration(), event.script()),
                event.statement(),
                new Execution(
                        requireNonNullElse(origin.duration(), event.duration()),
                        event.error(),
                        requireNonNullElse(origin.appliedBy(), holder.user()),
                        holder.application(),
                        holder.host(),
                        requireNonNullElse(origin.appliedAt(), at)),
                event.fingerprint());
    }
}
