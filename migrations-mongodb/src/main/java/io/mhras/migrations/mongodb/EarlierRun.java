package io.mhras.migrations.mongodb;

import io.mhras.migrations.HistoryEntry;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;

/**
 * A run of a script that stopped, as the next one finds it.
 *
 * @param store its journal
 * @param replay makes the next run come the same way
 * @param entries what is known of its calls, by their numbers
 */
record EarlierRun(JournalStore store, Replay replay, Map<Integer, JournalEntry> entries) {

    /** In the event with which it began: the time from which its clock counts. */
    static final String CLOCK = "clock";

    static EarlierRun of(HistoryCollections collections, HistoryEntry unfinished) {
        MongoHistory history = new MongoHistory(collections);
        long run = history.run(unfinished);
        BsonDocument begun = Objects.requireNonNull(history.document(run), "A run has begun");
        JournalStore store = new JournalStore(collections, run);
        Replay replay = new Replay(
                begun.getNumber(HistoryDocument.SEED).intValue(),
                Instant.ofEpochMilli(begun.getDateTime(CLOCK).getValue()));
        return new EarlierRun(store, replay, store.load());
    }
}
