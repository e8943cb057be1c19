package io.mhras.migrations.testing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.testing.mongodb.MongoDouble;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

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

    /** A database of the test run's server. */
    public static TestMongo newDatabase() {
        return new TestMongo(MongoServers.replicaSet(), null);
    }

    /** A server by itself, which has no transactions: in a container if the test run's is in one, else the double. */
    public static TestMongo standalone() {
        String image = System.getProperty("test.mongodb.image", "");
        if (image.isEmpty()) {
            MongoDouble own = MongoDouble.standalone();
            return new TestMongo(MongoServers.withOptions(own.url()), own);
        }
        return new TestMongo(MongoServers.standalone(image), null);
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
     * <p>A double ends it when the connection does. A server keeps it for a minute, and so long nobody else can change what
     * it has changed.
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
