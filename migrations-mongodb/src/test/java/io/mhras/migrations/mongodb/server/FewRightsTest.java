package io.mhras.migrations.mongodb.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ServerApi;
import com.mongodb.ServerApiVersion;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.mongodb.history.MigratingProcess;
import io.mhras.migrations.mongodb.lease.MongoLease;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.LogCapture;
import java.time.Duration;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A user with few rights, and a client of the Stable API: migrations run, and what cannot be seen is said to be so. */
class FewRightsTest extends MongoTest {

    private static final Files FILES = new Files()
            .with("001_a.js", "db.createCollection('a');\ndb.a.createIndex({ n: 1 });\ndb.a.insertMany([{}, {}]);\n")
            .with("001_a.verify.js", "db.a.countDocuments() === 2")
            .with("002_b.js", "// migrate:transaction file\ndb.b.insertOne({ _id: 1 });\n")
            .with("002_b.down.js", "db.b.drop();\n");

    private MongoDriver driver() {
        return new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT);
    }

    private MongoClient strictClient() {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.url()))
                .serverApi(ServerApi.builder()
                        .version(ServerApiVersion.V1)
                        .strict(true)
                        .build())
                .build());
    }

    @Test
    void withoutTheRightsOfOperatorsMigrationsRun() {
        mongo.deny("inprog", "killop", "serverStatus", "getParameter", "collStats", "dbStats", "indexStats");

        assertThat(migrator(FILES).migrate(Target.HEAD).events()).hasSize(2);
        assertThat(migrator(FILES).migrate(Target.HEAD).isUpToDate()).isTrue();
        assertThat(migrator(FILES).status().migrations()).hasSize(2);
        assertThat(migrator(FILES).rollback(Target.parse("-1")).events()).hasSize(1);
    }

    @Test
    void aHealthThatMayNotBeSeenNamesTheRights() {
        migrate("db.a.insertOne({});");
        mongo.deny("serverStatus", "collStats", "dbStats", "indexStats");

        assertThat(driver().health().orElseThrow().notRead())
                .contains(
                        "Not read: the connections; the database user lacks the privilege serverStatus on the cluster"
                                + " (the role clusterMonitor has it).",
                        "Not read: the sizes of collections; the database user lacks the privilege collStats on the"
                                + " database (the role readWrite has it).",
                        "Not read: how often indexes are used; the database user lacks the privilege indexStats on the"
                                + " database (the role dbAdmin has it).")
                .hasSize(4);
    }

    @Test
    void theLiveViewSaysWhatItMayNotSee() {
        MongoLease lease = new MongoLease(collections(), Duration.ofSeconds(30));
        lease.tryAcquire(new MigratingProcess(4711, "jo", "billing", "node-1"));
        lease.renewFor(BsonDocument.parse(
                "{ n: 2, script: '001_a.js', operation: 'createIndexes', namespace: 'shop.orders', line: 3 }"));
        mongo.show(Document.parse(
                "{ opid: 1, ns: 'shop.orders', msg: 'Index Build: scanning collection', progress: { done: 47,"
                        + " total: 50 } }"));
        assertThat(driver().activity())
                .get()
                .extracting(MigrationActivity::phase, MigrationActivity::percent)
                .containsExactly("index build: scanning collection", 94.0);

        mongo.deny("inprog");

        MigrationActivity activity = driver().activity().orElseThrow();
        assertThat(activity.percent()).isNull();
        assertThat(MigrationPrinter.activity(activity))
                .contains("line 3, createIndexes shop.orders; how far it is cannot be seen: the database user lacks the"
                        + " privilege inprog on the cluster (the role clusterMonitor has it)");
    }

    @Test
    void whoeverCannotSeeWhetherAnEarlierStatementIsStillAtWorkIsWarned() {
        mongo.fail(1, 13, "aggregate");

        try (LogCapture log = LogCapture.of(RunningOperations.class)) {
            RunningOperations.awaitEndOn("shop.orders", mongo.client());

            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains(
                                    "Whether the server is still at work on shop.orders, for the run that was cut off,"
                                            + " cannot be seen: the database user lacks the privilege inprog on the"
                                            + " cluster"));
        }
    }

    @Test
    void aStatementThatIsStillAtWorkIsWaitedFor() throws Exception {
        mongo.show(Document.parse("{ opid: 7, active: true, op: 'update', ns: 'shop.orders' }"));
        Thread waiting = new Thread(() -> RunningOperations.awaitEndOn("shop.orders", mongo.client()));
        try (LogCapture log = LogCapture.of(RunningOperations.class)) {
            waiting.start();
            while (log.lines().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(log.lines().get(0)).contains("Waiting until the server is done");

            mongo.client().getDatabase("admin").runCommand(new Document("killOp", 1).append("op", 7));
            waiting.join();
        }
    }

    @Test
    void aClientOfTheStableApiMigrates() {
        try (MongoClient client = strictClient()) {
            Migrator migrator = migrator(client, MongoSettings.DEFAULT, FILES);

            assertThat(migrator.migrate(Target.HEAD).events()).hasSize(2);
            assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
            assertThat(migrator.status().migrations()).hasSize(2);
            assertThat(migrator.history()).extracting(HistoryEntry::appliedBy).containsOnly("unknown");
            assertThat(migrator.rollback(Target.parse("-1")).events()).hasSize(1);
            assertThat(failure(migrator(
                            client,
                            MongoSettings.DEFAULT,
                            FILES.with("003_c.js", "db.c.insertOne({});throw new Error();"))))
                    .isInstanceOf(ScriptFailed.class);
            assertThat(migrator.with(new MigratorSettings(OutOfOrder.FAIL, true))
                            .clean())
                    .isNotEmpty();
        }
    }

    @Test
    void whatTheStableApiLeavesOutIsSaid() {
        try (MongoClient client = strictClient()) {
            MongoDriver driver = new MongoDriver(client, mongo.databaseName(), MongoSettings.DEFAULT);
            assertThat(driver.health().orElseThrow().notRead())
                    .contains(
                            "Not read: the connections; the client asks for the Stable API alone (apiStrict), and this"
                                    + " is not in it.");
            assertThat(driver.activity()).isEmpty();

            assertThat(failure(migrator(
                            client,
                            MongoSettings.DEFAULT,
                            new Files().with("001_a.js", "db.a.insertOne({});\ndb.a.convertToCapped(4096);\n"))))
                    .hasMessageContaining("001_a.js:2:")
                    .hasMessageContaining(
                            "Provided apiStrict:true, but the command convertToCapped is not in API Version 1")
                    .hasMessageContaining("Give the migrations a connection of their own")
                    .hasMessageContaining("'mhras.migrations.mongodb.uri'");
        }
    }

    @Test
    void whereTheCollectionsMayNotBeListedTheRightIsNamed() {
        mongo.deny("listCollections");

        assertThat(failure("db.a.insertOne({});"))
                .hasMessageContaining("listCollections")
                .hasMessageContaining("readWrite");
        assertThat(count("a")).isZero();
    }
}
