package io.mhras.migrations.mongodb;

import static com.mongodb.client.model.Filters.in;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Documents that may have been inserted: a script's ids are made up anew for each run, and the same again in the same run, so
 * who has one of them is the script's.
 */
final class DoubtfulInsert {

    private static final String INSERTED = "inserted";
    private static final String DOCUMENTS = "documents";

    private final JournalEntry old;
    private final ShellCall call;
    private final List<BsonDocument> documents;

    DoubtfulInsert(JournalEntry old, ShellCall call) {
        this.old = old;
        this.call = call;
        this.documents = documents(call);
    }

    static List<BsonDocument> documents(ShellCall call) {
        return call.operation().equals("insertOne")
                ? List.of(call.arguments().getDocument("document"))
                : ShellOptions.documents(call.arguments().getArray(DOCUMENTS));
    }

    /** What is to be remembered of a list of which the first documents are there, and the next one was refused. */
    static BsonDocument inserted(BsonDocument before, List<BsonDocument> there) {
        return before.clone()
                .append(INSERTED, new BsonInt32(there.size()))
                .append(DOCUMENTS, new BsonString(hash(there)));
    }

    /** Where nobody knows how many of a list are there: then it must stay as it is. */
    static BsonDocument withoutCount(BsonDocument before) {
        BsonDocument rest = before.clone();
        rest.remove(INSERTED);
        rest.remove(DOCUMENTS);
        return rest;
    }

    Verdict settle(Witness witness) {
        boolean isChanged = !old.asksTheSameAs(JournalEntry.of(old.number(), call));
        if (isChanged && !beginsAsBefore()) {
            return new Verdict.Changed(
                    "Its documents up to the one that was refused are in " + old.namespace() + ", or may be.",
                    "Put it back as it was. What the server refused may be changed, and what comes after it, unless the"
                            + " statement goes on after an error (ordered: false).");
        }
        List<BsonValue> ids =
                documents.stream().map(document -> document.get("_id")).toList();
        if (ids.contains(null)) {
            return new Verdict.Ask("It has documents without an _id, so they cannot be looked for.");
        }
        Map<BsonValue, BsonDocument> there = new HashMap<>();
        witness.collectionOf(call.namespace()).find(in("_id", ids)).forEach(one -> there.put(one.get("_id"), one));
        List<BsonDocument> missing = new ArrayList<>();
        for (BsonDocument document : documents) {
            BsonValue id = document.get("_id", BsonNull.VALUE);
            BsonDocument found = there.get(id);
            if (found == null) {
                missing.add(document);
            } else if (!found.equals(document) && (isChanged || !id.isObjectId())) {
                return new Verdict.Ask("There is another document with its _id " + HistoryDocument.shown(id) + ".");
            }
        }
        return send(missing);
    }

    /** The ids that are made up shift with the documents. */
    private boolean beginsAsBefore() {
        int count = old.before()
                .getInt32(INSERTED, new BsonInt32(Integer.MAX_VALUE))
                .getValue();
        return old.operation().equals(call.operation())
                && old.namespace().equals(call.namespace())
                && !BsonBoolean.FALSE.equals(
                        call.arguments().getDocument("options").get("ordered"))
                && count <= documents.size()
                && hash(documents.subList(0, count))
                        .equals(old.before().getString(DOCUMENTS).getValue());
    }

    private static String hash(List<BsonDocument> documents) {
        return PackedBson.hash(new BsonDocument(DOCUMENTS, new BsonArray(documents)));
    }

    private Verdict send(List<BsonDocument> missing) {
        if (missing.size() == documents.size()) {
            return new Verdict.Send(call, null);
        }
        if (missing.isEmpty()) {
            return new Verdict.Done(answer(call));
        }
        BsonDocument rest = call.arguments().clone().append(DOCUMENTS, new BsonArray(missing));
        return new Verdict.Send(
                new ShellCall(call.operation(), call.namespace(), rest, call.line(), call.column()), answer(call));
    }

    /** The answer when all are there. */
    static BsonDocument answer(ShellCall call) {
        List<BsonDocument> documents = documents(call);
        if (call.operation().equals("insertOne")) {
            return ShellResults.acknowledged()
                    .append("insertedId", documents.get(0).get("_id", BsonNull.VALUE));
        }
        BsonDocument ids = new BsonDocument();
        documents.forEach(document -> ids.append(Integer.toString(ids.size()), document.get("_id", BsonNull.VALUE)));
        return ShellResults.acknowledged().append("insertedIds", ids);
    }
}
