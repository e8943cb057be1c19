package io.mhras.migrations.mongodb.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.mhras.migrations.Target;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.MigratingProcess;
import io.mhras.migrations.mongodb.lease.MongoLease;
import io.mhras.migrations.testing.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application's client may be set to anything: migrations are acknowledged by a majority and see the primary. */
class ClientSettingsTest extends MongoTest {

    private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w=0",
                "w=1&journal=false",
                "retryWrites=false&retryReads=false",
                "readPreference=secondary",
                "readConcernLevel=majority",
                "readConcernLevel=linearizable",
                "readConcernLevel=snapshot",
                "readConcernLevel=available"
            })
    void whateverTheClientIsSetTo(String options) {
        Commands commands = new Commands();
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.url() + "&" + options))
                .addCommandListener(commands)
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            Files files = new Files()
                    .with(
                            "001_a.js",
                            "db.a.insertOne({ _id: 1 }); db.a.aggregate([{ $out: 'b' }]); db.runCommand({ create: 'd'"
                                    + " });if (db.b.find().toArray().length !== 1) throw new Error('not seen');")
                    .with(
                            "002_c.js",
                            "// migrate:transaction file\n"
                                    + "db.createCollection('c'); db.c.createIndex({ n: 1 }); db.c.insertOne({ n: 1 });");
            migrator(client, MongoSettings.DEFAULT, files).migrate(Target.HEAD);
            MongoLease lease = new MongoLease(
                    HistoryCollections.of(client, mongo.databaseName(), "migration_history"),
                    MongoSettings.DEFAULT.lease());
            lease.tryAcquire(new MigratingProcess(1, "jo", "billing", "node-1"));
            lease.renewFor(new BsonDocument("n", new BsonInt32(1))
                    .append("script", new BsonString("001_a.js"))
                    .append("operation", new BsonString("createIndexes"))
                    .append("namespace", new BsonString("shop.orders")));
            MongoDriver driver = new MongoDriver(client, mongo.databaseName(), MongoSettings.DEFAULT);
            assertThat(driver.activity()).isPresent();
            RunningOperations.awaitEndOn("shop.orders", client);
        }
        assertThat(count("c")).isEqualTo(1);

        assertThat(commands.failed).isEmpty();
        assertThat(commands.started)
                .filteredOn(command -> WRITES.contains(command.getFirstKey()) && !command.containsKey("autocommit"))
                .isNotEmpty()
                .allSatisfy(command ->
                        assertThat(command.getDocument("writeConcern").get("w")).isEqualTo(new BsonString("majority")));
        // A lease of 30 s is renewed in time even if members lag.
        assertThat(commands.started)
                .filteredOn(command -> command.getFirstKey().equals("findAndModify"))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command.getDocument("writeConcern")
                                .getNumber("wtimeout")
                                .intValue())
                        .isEqualTo(10_000));
        assertThat(commands.started)
                .filteredOn(command -> command.getFirstKey().equals("aggregate") && command.isNumber("aggregate"))
                .hasSize(2)
                .allSatisfy(
                        command -> assertThat(command.getDocument("readConcern").get("level"))
                                .isEqualTo(new BsonString("local")));
        assertThat(commands.started)
                .filteredOn(command -> command.containsKey("$readPreference"))
                .allSatisfy(command -> assertThat(
                                command.getDocument("$readPreference").get("mode"))
                        .isIn(new BsonString("primary"), new BsonString("primaryPreferred")));
    }

    private static final class Commands implements CommandListener {

        private final List<BsonDocument> started = new CopyOnWriteArrayList<>();
        private final List<String> failed = new CopyOnWriteArrayList<>();

        @Override
        public void commandStarted(CommandStartedEvent event) {
            started.add(event.getCommand().clone());
        }

        @Override
        public void commandFailed(CommandFailedEvent event) {
            failed.add(event.getCommandName() + ": " + event.getThrowable().getMessage());
        }
    }
}
