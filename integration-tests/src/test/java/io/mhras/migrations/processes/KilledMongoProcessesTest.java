package io.mhras.migrations.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.TestMongo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed at random moments, and many at once: each statement's effect is there once, or the next start
 * stops and asks.
 *
 * <p>{@code -Dmongodb.kills=200} sets the number of trials.
 */
class KilledMongoProcessesTest {

    private static final int KILLS = Integer.getInteger("mongodb.kills", 8);

    // How long the scripts take that are killed, in a process that has the engine.
    private static final int LONGEST_MS = 1_500;
    private static final int DOCUMENTS = 40;
    private static final TestMongo mongo = TestMongo.newDatabase();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws Exception {
        Files.writeString(folder.resolve("001_make.js"), """
                db.createCollection('orders', { validator: { n: { $type: 'int' } } });
                db.orders.createIndex({ n: 1 });
                for (let n = 0; n < %1$d; n++) db.orders.insertOne({ n });
                db.lines.insertMany(Array.from({ length: %1$d }, (x, n) => ({ n })));
                """.formatted(DOCUMENTS));
        Files.writeString(folder.resolve("002_change.js"), """
                db.orders.find().sort({ n: 1 }).batchSize(15).forEach(order => {
                  db.orders.updateOne({ _id: order._id }, { $inc: { counted: 1 } });
                });
                db.lines.updateMany({}, { $set: { state: 'new' } });
                db.lines.deleteMany({ n: { $lt: 5 } });
                """);
        Files.writeString(folder.resolve("003_all_or_nothing.js"), """
                // migrate:transaction file
                for (let n = 0; n < 10; n++) db.totals.insertOne({ n });
                db.orders.updateMany({}, { $inc: { counted: 10 } });
                """);
    }

    @AfterAll
    static void stop() {
        mongo.close();
    }

    @Test
    void eachStatementIsDoneOnceOrTheNextStartStopsAndAsks() throws Exception {
        long seed = Long.getLong("mongodb.seed", System.nanoTime());
        Random random = new Random(seed);
        int stops = 0;
        int killedInTheMiddle = 0;
        List<String> wrong = new ArrayList<>();
        MongoMigrateProcess next = start(1);
        try {
            for (int trial = 1; trial <= KILLS; trial++) {
                MongoMigrateProcess process = next.ready();
                MongoDatabase warmUp = database("warm_up_" + trial);
                // It loads the engine.
                process.begin(warmUp.getName());
                assertThat(process.ending()).isEqualTo("done 3");
                MongoDatabase database = database("killed_" + trial);
                process.begin(database.getName());
                next = start(trial + 1);
                Thread.sleep(random.nextInt(LONGEST_MS));
                process.kill();
                mongo.awaitEndOf(clientName(trial));
                killedInTheMiddle += isInTheMiddle(database) ? 1 : 0;
                stops += goOn(database, wrong, "seed " + seed + ", trial " + trial) ? 0 : 1;
                warmUp.drop();
                database.drop();
            }
        } finally {
            next.kill();
        }
        System.out.printf(
                "%d kills, %d of them in the middle of a script, %d honest stops, seed %d%n",
                KILLS, killedInTheMiddle, stops, seed);
        assertThat(wrong).isEmpty();
    }

    /** Dropped with the test's own. */
    private static MongoDatabase database(String suffix) {
        return mongo.client().getDatabase(mongo.databaseName() + "_" + suffix);
    }

    private static String clientName(int trial) {
        return mongo.databaseName() + "-" + trial;
    }

    private static MongoMigrateProcess start(int trial) throws IOException {
        return MongoMigrateProcess.start(mongo.url() + "&appName=" + clientName(trial), folder);
    }

    private static boolean isInTheMiddle(MongoDatabase database) {
        Document newest = database.getCollection("migration_history")
                .find()
                .sort(new Document("_id", -1))
                .first();
        return newest != null && newest.getString("event").equals("STARTED");
    }

    /** Whether the next start went to the end without asking. */
    private static boolean goOn(MongoDatabase database, List<String> wrong, String trial) {
        database.getCollection("migration_history_lock")
                .updateOne(new Document(), new Document("$set", new Document("renewedAt", Instant.EPOCH)));
        Migrator migrator = MongoMigrateProcess.migrator(mongo.client(), database.getName(), folder);
        MigrationException failure =
                Assertions.catchThrowableOfType(MigrationException.class, () -> migrator.migrate(Target.HEAD));
        if (failure instanceof ScriptFailed && failure.remedy().contains("run 'repair'")) {
            return false;
        }
        if (failure != null) {
            wrong.add(trial + ": " + failure.getMessage());
            return true;
        }
        List<String> state = List.of(
                "orders " + database.getCollection("orders").countDocuments(new Document("counted", 11)),
                "all orders " + database.getCollection("orders").countDocuments(),
                "lines " + database.getCollection("lines").countDocuments(new Document("state", "new")),
                "all lines " + database.getCollection("lines").countDocuments(),
                "totals " + database.getCollection("totals").countDocuments(),
                "steps " + database.getCollection("migration_history_steps").countDocuments());
        List<String> expected = List.of(
                "orders " + DOCUMENTS,
                "all orders " + DOCUMENTS,
                "lines " + (DOCUMENTS - 5),
                "all lines " + (DOCUMENTS - 5),
                "totals 10",
                "steps 0");
        if (!state.equals(expected)) {
            wrong.add(trial + ": " + state);
        }
        return true;
    }

    @Test
    void twelveProcessesAtOnceApplyEachMigrationOnce() throws Exception {
        List<MongoMigrateProcess> processes = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                processes.add(MongoMigrateProcess.start(mongo.url(), folder));
            }
            for (MongoMigrateProcess process : processes) {
                process.ready();
            }
            for (MongoMigrateProcess process : processes) {
                process.begin(database("crowd").getName());
            }
            List<String> endings = new ArrayList<>();
            for (MongoMigrateProcess process : processes) {
                endings.add(process.ending());
            }
            assertThat(endings).containsOnlyOnce("done 3");
            assertThat(endings).filteredOn("done 0"::equals).hasSize(11);
            List<String> wrong = new ArrayList<>();
            assertThat(goOn(database("crowd"), wrong, "crowd")).isTrue();
            assertThat(wrong).isEmpty();
        } finally {
            processes.forEach(MongoMigrateProcess::kill);
        }
    }
}
