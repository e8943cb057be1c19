package io.mhras.migrations.testing.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.concurrent.atomic.AtomicInteger;

/** A server for a test, with a client and a database of the test's own. */
public final class TestMongo implements AutoCloseable {

    private static final AtomicInteger databases = new AtomicInteger();

    private final MongoDouble server;
    private final MongoClient client;
    private final String databaseName = "test_" + databases.incrementAndGet();

    private TestMongo(MongoDouble server) {
        this.server = server;
        client = MongoClients.create(server.url());
    }

    /** One server by itself. */
    public static TestMongo start() {
        return new TestMongo(MongoDouble.standalone());
    }

    /** A replica set, which has transactions. */
    public static TestMongo startReplicaSet() {
        return new TestMongo(MongoDouble.replicaSet());
    }

    /** The server's connection string, without a database. */
    public String url() {
        return server.url();
    }

    public int port() {
        return server.port();
    }

    public MongoClient client() {
        return client;
    }

    public String databaseName() {
        return databaseName;
    }

    public MongoDatabase database() {
        return client.getDatabase(databaseName);
    }

    /** Whether a client has a transaction open. */
    public boolean hasOpenTransaction() {
        return server.hasOpenTransaction();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
