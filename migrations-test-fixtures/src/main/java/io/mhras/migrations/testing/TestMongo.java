package io.mhras.migrations.testing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.testing.mongodb.MongoDouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A fresh database for a test, on the one MongoDB server of a test run, which is a replica set; and a client.
 *
 * <p>The server is a double of MongoDB's in this process; or, with {@code -Dtest.mongodb.url=mongodb://...}, any other; or,
 * with {@code -Dtest.mongodb.image=mongo:8.0}, one in a container.
 */
public final class TestMongo implements AutoCloseable {

    /** Another one in each process: they may share a server. */
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

    private static final Document ALL_CLIENTS =
            Document.parse("{$currentOp: {allUsers: true, idleConnections: true, idleSessions: true}}");

    private static final AtomicInteger databases = new AtomicInteger();

    private final String url;
    private final MongoClient client;
    private final @Nullable MongoDouble own;
    private final String databaseName = "test_" + RUN + "_" + databases.incrementAndGet();

    private TestMongo(String url, @Nullable MongoDouble own) {
        this.url = url;
        this.own = own;
        client = MongoClients.create(url);
    }

    /** A database of the test run's server; a double is the test's own. */
    public static TestMongo newDatabase() {
        String url = MongoServers.replicaSet();
        return url == null ? on(MongoDouble.replicaSet()) : new TestMongo(url, null);
    }

    private static TestMongo on(MongoDouble own) {
        return new TestMongo(MongoServers.withOptions(own.url()), own);
    }

    /** A server by itself, which has no transactions: in a container if the test run's is in one, else the double. */
    public static TestMongo standalone() {
        String image = System.getProperty("test.mongodb.image", "");
        return image.isEmpty() ? on(MongoDouble.standalone()) : new TestMongo(MongoServers.standalone(image), null);
    }

    /** The server's connection string, without a database, with at least one option: more can be added with {@code &}. */
    public String url() {
        return url;
    }

    /** The same with the test's database in it. */
    public String databaseUrl() {
        return url.replaceFirst("/\\?", "/" + databaseName + "?");
    }

    public MongoClient client() {
        return client;
    }

    /**
     * Waits until the server is done with a client that is gone, and ends the transaction that it has left.
     *
     * <p>A double ends it when the connection does. A server keeps it for a minute, and until then no other client can
     * change what it has changed.
     */
    public void awaitEndOf(String applicationName) {
        List<Document> left;
        do {
            left = client.getDatabase("admin")
                    .aggregate(List.of(ALL_CLIENTS, new Document("$match", new Document("appName", applicationName))))
                    .into(new ArrayList<>());
            for (Document session : left) {
                if (session.containsKey("transaction") && "idleSession".equals(session.get("type"))) {
                    Document id = new Document(
                            "id", session.get("lsid", Document.class).get("id"));
                    client.getDatabase("admin").runCommand(new Document("killSessions", List.of(id)));
                }
            }
        } while (!left.isEmpty());
    }

    /** Databases whose names begin with this one and {@code _} are dropped with it. */
    public String databaseName() {
        return databaseName;
    }

    public MongoDatabase database() {
        return client.getDatabase(databaseName);
    }

    /** Takes these privilege actions, {@code inprog} for example, from all users. */
    public void deny(String... actions) {
        onlyTheDouble().deny(actions);
    }

    /** Lets {@code $currentOp} show this as an operation at work, until it is killed. */
    public void show(Document operation) {
        onlyTheDouble();
        client.getDatabase("admin").runCommand(new Document("showOperation", operation));
    }

    /** The ids of operations that were killed. */
    public List<Object> killed() {
        return onlyTheDouble().killed();
    }

    /** Makes these commands fail, so many times, as a fail point does: a server that is not started for tests has none. */
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
        onlyTheDouble();
        client.getDatabase("admin")
                .runCommand(new Document("configureFailPoint", "failCommand")
                        .append("mode", new Document("times", times))
                        .append("data", data));
    }

    /** Sets a parameter of the server, for all who use it. */
    public void set(String parameter, int value) {
        onlyTheDouble();
        client.getDatabase("admin").runCommand(new Document("setParameter", 1).append(parameter, value));
    }

    /** Skips the test on a real server. */
    private MongoDouble onlyTheDouble() {
        Assumptions.assumeTrue(own != null, "Skipped: only the double of MongoDB's server does what it is told here");
        return Objects.requireNonNull(own);
    }

    @Override
    public void close() {
        for (String name : client.listDatabaseNames().into(new ArrayList<>())) {
            if (name.equals(databaseName) || name.startsWith(databaseName + "_")) {
                client.getDatabase(name).drop();
            }
        }
        client.close();
        if (own != null) {
            own.close();
        }
    }
}
