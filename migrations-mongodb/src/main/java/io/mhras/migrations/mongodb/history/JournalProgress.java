package io.mhras.migrations.mongodb.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.descending;

import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/**
 * How far an unfinished script came, by its journal.
 *
 * @param run the id of the event with which its run began
 */
public record JournalProgress(HistoryCollections collections, long run) {

    /** How many of the script's calls are done. */
    public int done() {
        BsonDocument last = collections
                .journal()
                .find(and(eq("run", run), eq("state", StatementState.DONE.name())))
                .projection(include("n"))
                .sort(descending("n"))
                .first();
        return last == null ? 0 : last.getNumber("n").intValue();
    }

    /** Whether the run has stopped because a statement stayed in doubt. */
    public boolean asksForRepair() {
        return collections.journal().find(asking()).first() != null;
    }

    /** A filter for the statements that it asks about. */
    public Bson asking() {
        return and(eq("run", run), eq("state", StatementState.ASKS.name()));
    }
}
