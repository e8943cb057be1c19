package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.MongoVersion;
import java.util.List;

/** MongoDB 7.0; what mongo-java-server itself announces is too old for today's drivers. */
enum Version7 implements MongoVersion {
    INSTANCE;

    @Override
    public List<Integer> getVersionArray() {
        return List.of(7, 0, 0, 0);
    }

    @Override
    public String toVersionString() {
        return "7.0.0";
    }

    @Override
    public int getWireVersion() {
        return 21;
    }
}
