package io.mhras.migrations.mongodb;

import io.mhras.migrations.HistoryEntry;
import java.time.Instant;
import java.util.Objects;
import org.bson.BsonDocument;

/**
 * A run of a script that stopped, as the next one finds it.
 *
 * @param store its journal
 * @param replay makes the next run come the same way
 * @param statements what is known of its statements
 */
record EarlierRun(JournalStore store, Replay replay, EarlierStatements statements) {

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
        return new EarlierRun(store, replay, new EarlierStatements(store.load()));
    }
}
