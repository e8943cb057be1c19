package io.mhras.migrations.mongodb.journal;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.JournalProgress;
import io.mhras.migrations.mongodb.history.StatementState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** The journal of one run of a script. It is deleted when the script is done. */
public final class JournalStore {

    private static final String FENCE = "fence";

    private final HistoryCollections collections;
    private final long run;

    /**
     * The journal of a run.
     *
     * @param run the id of the event with which it began
     */
    public JournalStore(HistoryCollections collections, long run) {
        this.collections = collections;
        this.run = run;
    }

    public long run() {
        return run;
    }

    /** Takes what stayed in doubt as done, unless it belongs to a later holder of the lock. */
    public void takeAsDone(long fence) {
        collections
                .journal()
                .updateMany(
                        and(new JournalProgress(collections, run).asking(), lte(FENCE, fence)),
                        combine(set("state", StatementState.DONE.name()), set(FENCE, fence)));
    }

    /** By their numbers. */
    Map<Integer, JournalEntry> load() {
        List<BsonDocument> documents =
                collections.journal().find(eq("run", run)).into(new ArrayList<>());
        Map<Integer, JournalEntry> entries = new TreeMap<>();
        documents.stream().map(JournalEntry::of).forEach(entry -> entries.put(entry.number(), entry));
        return entries;
    }

    /** Adds entries, or replaces older ones; but not those of a later holder of the lock. */
    void save(List<JournalEntry> entries, String script, long fence) {
        if (!entries.isEmpty()) {
            collections
                    .journal()
                    .bulkWrite(entries.stream()
                            .map(entry -> replacement(entry.document(run, script), fence))
                            .toList());
        }
    }

    /** Deletes what finished runs have left that were killed before they could do so; nothing of a later holder of the lock. */
    public static void keepOnly(HistoryCollections collections, Supplier<List<Long>> openRuns, long fence) {
        if (collections.journal().find().projection(include("_id")).first() != null) {
            collections.journal().deleteMany(and(nin("run", openRuns.get()), lte(FENCE, fence)));
        }
    }

    /** Keeps an intent whose outcome is unknown. */
    public static void keep(BsonDocument note, HistoryCollections collections, long fence) {
        BsonDocument id = new BsonDocument("_id", id(note));
        if (collections.journal().find(id).first() == null) {
            ReplaceOneModel<BsonDocument> replacement = replacement(note, fence);
            collections.journal().bulkWrite(List.of(replacement));
        }
    }

    private static ReplaceOneModel<BsonDocument> replacement(BsonDocument document, long fence) {
        BsonDocument complete = new BsonDocument("_id", id(document));
        complete.putAll(document);
        complete.put(FENCE, new BsonInt64(fence));
        return new ReplaceOneModel<>(
                and(eq("_id", id(document)), lte(FENCE, fence)), complete, new ReplaceOptions().upsert(true));
    }

    private static BsonString id(BsonDocument document) {
        return new BsonString(document.getNumber("run").longValue() + "#"
                + document.getNumber("n").intValue());
    }

    /** Removes an entry, unless it belongs to a later holder of the lock. */
    void forget(int number, long fence) {
        collections.journal().deleteOne(and(eq("run", run), eq("n", number), lte(FENCE, fence)));
    }

    /** Removes everything except what belongs to a later holder of the lock. */
    public void delete(long fence) {
        collections.journal().deleteMany(and(eq("run", run), lte(FENCE, fence)));
    }
}
