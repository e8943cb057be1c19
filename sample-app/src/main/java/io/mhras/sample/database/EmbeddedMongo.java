package io.mhras.sample.database;

import com.mongodb.ConnectionString;
import io.mhras.migrations.testing.mongodb.MongoDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;

/** What stands in for a MongoDB server for trying out, and lives as long as the service. */
final class EmbeddedMongo implements MongoConnectionDetails, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedMongo.class);

    private final MongoDouble server;

    private EmbeddedMongo(MongoDouble server) {
        this.server = server;
    }

    static EmbeddedMongo start() {
        EmbeddedMongo server = new EmbeddedMongo(MongoDouble.standalone());
        log.warn(
                "No MongoDB is configured (SPRING_MONGODB_URI), so a double of its server was started in this process, at {}:"
                        + " good for trying out, but no MongoDB; its data is gone when this process ends",
                server.getConnectionString());
        return server;
    }

    @Override
    public ConnectionString getConnectionString() {
        return new ConnectionString("mongodb://127.0.0.1:" + server.port() + "/compliance");
    }

    @Override
    public void close() {
        server.close();
    }
}
