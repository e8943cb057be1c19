package io.mhras.migrations.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.contract.MigrationDriverContract;
import io.mhras.migrations.testing.TestMongo;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;

/** Each script in a transaction: as in PostgreSQL, a script that fails leaves nothing. */
class MongoDriverContractTest extends MigrationDriverContract {

    private static final Set<String> READS = Set.of(
            "find",
            "aggregate",
            "count",
            "getMore",
            "killCursors",
            "listCollections",
            "listIndexes",
            "collStats",
            "dbStats",
            "serverStatus",
            "buildInfo",
            "connectionStatus",
            "getParameter",
            "hello",
            "ping",
            "endSessions");

    final TestMongo mongo = TestMongo.newDatabase();

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Override
    public MigrationDriver driver() {
        return new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT);
    }

    @Override
    public MigrationDriver driverOf(String application) {
        MongoSettings usual = MongoSettings.DEFAULT;
        return new MongoDriver(
                mongo.client(),
                mongo.databaseName(),
                new MongoSettings(
                        usual.collection(), application, usual.lease(), usual.otherInstance(), usual.limits()));
    }

    @Override
    public void onlyReading(Consumer<MigrationDriver> work) {
        Set<String> sent = ConcurrentHashMap.newKeySet();
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.url()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        sent.add(event.getCommandName());
                    }
                })
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            work.accept(new MongoDriver(client, mongo.databaseName(), MongoSettings.DEFAULT));
        }
        assertThat(sent).contains("find").isSubsetOf(READS);
    }

    @Override
    public void deleteEvents(String version, Event event) {
        history().deleteMany(Filters.and(Filters.eq("version", version), Filters.eq("event", event.name())));
    }

    @Override
    public void changeEvents(String version, String column, Object value) {
        history().updateMany(Filters.eq("version", version), Updates.set(column, value));
    }

    private MongoCollection<Document> history() {
        return mongo.database().getCollection(MongoSettings.DEFAULT.collection());
    }

    @Override
    public String extension() {
        return ".js";
    }

    @Override
    public String create(String name) {
        return "// migrate:transaction file\ndb.createCollection('" + name + "');\n";
    }

    @Override
    public String drop(String name) {
        return "db." + name + ".drop();\n";
    }

    @Override
    public String broken() {
        return "db.one.insertOne({ _id: 1 });\ndb.one.insertOne({ _id: 1 });\n";
    }

    @Override
    public String reformatted(String script) {
        return "// New comment\n" + script.replace("(", "(\n  ");
    }

    @Override
    public String present(String name) {
        return "db.getCollectionNames().includes('" + name + "');\n";
    }

    @Override
    public void make(String name) {
        mongo.database().createCollection(name);
    }

    @Override
    public boolean exists(String name) {
        return mongo.database().listCollectionNames().into(new ArrayList<>()).contains(name);
    }
}
