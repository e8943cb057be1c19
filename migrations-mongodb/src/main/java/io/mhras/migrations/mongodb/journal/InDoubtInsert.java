package io.mhras.migrations.mongodb.journal;

import static com.mongodb.client.model.Filters.in;

import io.mhras.migrations.mongodb.server.CollectionCatalog;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellResults;
import io.mhras.migrations.mongodb.shell.ValueText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** An insert in doubt: its documents have their ids before they are sent, so the missing ones can be found. */
final class InDoubtInsert {

    private final ShellCall call;
    private final List<BsonDocument> documents;

    InDoubtInsert(ShellCall call) {
        this.call = call;
        this.documents = call.documents();
    }

    Verdict settle(CollectionCatalog catalog) {
        List<BsonValue> ids =
                documents.stream().map(document -> document.get("_id")).toList();
        if (ids.contains(null)) {
            return new Verdict.Ask("It has documents without an _id, so they cannot be looked for.");
        }
        Map<BsonValue, BsonDocument> there = new HashMap<>();
        catalog.collection(call.namespace()).find(in("_id", ids)).forEach(one -> there.put(one.get("_id"), one));
        List<BsonDocument> missing = new ArrayList<>();
        for (BsonDocument document : documents) {
            BsonValue id = document.get("_id", BsonNull.VALUE);
            BsonDocument found = there.get(id);
            if (found == null) {
                missing.add(document);
            } else if (!found.equals(document) && !id.isObjectId()) {
                // An id that was generated for this run belongs to no other document.
                return new Verdict.Ask("There is another document with its _id " + ValueText.json(id) + ".");
            }
        }
        return send(missing);
    }

    private Verdict send(List<BsonDocument> missing) {
        if (missing.size() == documents.size()) {
            return new Verdict.Send(call, null);
        }
        return missing.isEmpty()
                ? new Verdict.Done(ShellResults.inserted(call))
                : new Verdict.Send(call.with("documents", new BsonArray(missing)), ShellResults.inserted(call));
    }
}
