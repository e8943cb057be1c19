package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;

/** The times that a member of a replica set puts into each answer; who prints an answer prints them too. */
final class ClusterClock {

    private int count;

    Document stamped(Document answer) {
        BsonTimestamp now = new BsonTimestamp(Instant.now(), ++count);
        Document signature = new Document("hash", new BinData(new byte[20])).append("keyId", 0L);
        Document stamped = answer.clone();
        stamped.append("$clusterTime", new Document("clusterTime", now).append("signature", signature));
        return stamped.append("operationTime", now);
    }
}
