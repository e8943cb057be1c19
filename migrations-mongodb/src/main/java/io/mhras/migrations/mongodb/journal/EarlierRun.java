package io.mhras.migrations.mongodb.journal;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.HistoryDocument;
import io.mhras.migrations.mongodb.history.MongoHistory;
import io.mhras.migrations.mongodb.shell.Replay;
import java.time.Instant;
import java.util.Objects;
import org.bson.BsonDocument;

/**
 * A run of a script that stopped, as the next one finds it.
 *
 * @param store its journal
 * @param replay makes the next run take the same path
 * @param statements what is known of its statements
 */
public record EarlierRun(JournalStore store, Replay replay, EarlierStatements statements) {

    /** In the event with which it began: the time from which its clock counts. */
    public static final String CLOCK = "clock";

    public static EarlierRun of(HistoryCollections collections, HistoryEntry unfinished) {
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
