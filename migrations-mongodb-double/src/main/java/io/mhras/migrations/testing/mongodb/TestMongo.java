package io.mhras.migrations.testing.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;

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

    /** Takes these privilege actions, {@code inprog} for example, from all users. */
    public void deny(String... actions) {
        server.deny(actions);
    }

    /** Lets {@code $currentOp} show this as an operation at work, until it is killed. */
    public void show(Document operation) {
        client.getDatabase("admin").runCommand(new Document("showOperation", operation));
    }

    /** The ids of operations that were killed. */
    public List<Object> killed() {
        return server.killed();
    }

    /** Makes these commands fail, so many times, as a real server's fail point does. */
    public void fail(int times, int code, String... commands) {
        fail(times, new Document("failCommands", List.of(commands)).append("errorCode", code));
    }

    /** The same for one collection. */
    public void failOn(String namespace, int times, int code, String... commands) {
        fail(
                times,
                new Document("failCommands", List.of(commands))
                        .append("errorCode", code)
                        .append("namespace", namespace));
    }

    private void fail(int times, Document data) {
        client.getDatabase("admin")
                .runCommand(new Document("configureFailPoint", "failCommand")
                        .append("mode", new Document("times", times))
                        .append("data", data));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
