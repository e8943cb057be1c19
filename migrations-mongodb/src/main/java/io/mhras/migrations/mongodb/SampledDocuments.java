package io.mhras.migrations.mongodb;

import static com.mongodb.client.model.Projections.include;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The first documents that an update of many was about to set, and what became of them.
 *
 * @param same how many are as they were
 * @param set how many are not, and have what it sets
 * @param other how many others have changed, or deleted
 * @param isFirstSame whether the update had not come to the first of them
 * @param isAll whether there were no more
 */
record SampledDocuments(int same, int set, int other, boolean isFirstSame, boolean isAll) {

    private static final int MOST = 200;
    private static final String HASH = "hash";

    /** As they are before the update; null if the server does not take the filter. */
    static @Nullable BsonArray look(
            MongoCollection<BsonDocument> collection, BsonDocument filter, SettingUpdate update) {
        BsonArray sample = new BsonArray();
        try {
            for (BsonDocument each : collection.find(update.undone(filter)).limit(MOST)) {
                sample.add(new BsonDocument("_id", id(each)).append(HASH, new BsonString(PackedBson.hash(each))));
            }
            return sample;
        } catch (MongoCommandException e) {
            // It will say so to the script too.
            return null;
        }
    }

    /** What has become of them. */
    static SampledDocuments compare(BsonArray sample, MongoCollection<BsonDocument> collection, SettingUpdate update) {
        List<BsonValue> ids = sample.stream().map(each -> id(each.asDocument())).toList();
        BsonDocument sampled = new BsonDocument("_id", new BsonDocument("$in", new BsonArray(ids)));
        Map<BsonValue, String> now = new HashMap<>();
        collection.find(sampled).forEach(each -> now.put(id(each), PackedBson.hash(each)));
        Set<BsonValue> done = new HashSet<>();
        collection.find(update.done(sampled)).projection(include("_id")).forEach(each -> done.add(id(each)));
        List<Boolean> same = new ArrayList<>();
        int set = 0;
        for (BsonValue each : sample) {
            BsonDocument before = each.asDocument();
            boolean isSame = before.getString(HASH).getValue().equals(now.get(id(before)));
            same.add(isSame);
            set += !isSame && done.contains(id(before)) ? 1 : 0;
        }
        int unchanged = (int) same.stream().filter(is -> is).count();
        return new SampledDocuments(
                unchanged, set, sample.size() - unchanged - set, !same.isEmpty() && same.get(0), sample.size() < MOST);
    }

    private static BsonValue id(BsonDocument document) {
        return document.get("_id", BsonNull.VALUE);
    }
}
