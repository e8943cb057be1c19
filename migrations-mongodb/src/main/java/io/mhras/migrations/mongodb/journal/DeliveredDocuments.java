package io.mhras.migrations.mongodb.journal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * What a script had received from a query before it was cut off.
 *
 * <p>A document is recognized by its _id, since the script may have changed it. Where an _id came twice, as from {@code
 * $unwind}, or is left out, it is recognized by its whole content.
 */
final class DeliveredDocuments {

    private final Set<BsonValue> ids = new HashSet<>();
    private final Map<String, Integer> copies = new HashMap<>();
    private boolean idsAreUnique = true;

    void add(BsonArray batch) {
        for (BsonValue each : batch) {
            BsonDocument document = each.asDocument();
            BsonValue id = document.get("_id");
            idsAreUnique &= id != null && ids.add(id);
            copies.merge(PackedBson.hash(document), 1, Integer::sum);
        }
    }

    /** The part of this answer that the script has not received yet. */
    BsonArray without(BsonArray batch) {
        BsonArray rest = new BsonArray();
        for (BsonValue each : batch) {
            if (!isDelivered(each.asDocument())) {
                rest.add(each);
            }
        }
        return rest;
    }

    private boolean isDelivered(BsonDocument document) {
        BsonValue id = document.get("_id");
        return idsAreUnique && id != null ? ids.contains(id) : takeCopy(PackedBson.hash(document));
    }

    private boolean takeCopy(String hash) {
        Integer left = copies.computeIfPresent(hash, (key, count) -> count - 1);
        return left != null && left >= 0;
    }
}
