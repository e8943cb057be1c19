package io.mhras.migrations.mongodb.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.TestMongo;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class TransactionScriptsTest extends MongoTest {

    private static final String FILE = "// migrate:transaction file\n";

    @Test
    void aFailureLeavesNothing() {
        assertThat(failure(FILE + "db.createCollection('a');\ndb.a.insertOne({ _id: 1 });\nthrow new Error('no');\n"))
                .hasMessageContaining("001_script.js failed; nothing of it was kept.")
                .hasMessageContaining("001_script.js:4:")
                .hasMessageContaining("ERROR: Error: no")
                .hasMessageContaining("Correct the script and start again: it runs from its beginning.");

        assertThat(mongo.database().listCollectionNames()).doesNotContain("a");
        assertThat(events(migrator(new Files()))).containsExactly("FAILED 001");
    }

    @Test
    void aScriptMayMakeCollectionsAndTheirIndexes() {
        migrate(FILE + "db.createCollection('a');\ndb.a.createIndex({ n: 1 });\ndb.a.insertOne({ n: 1 });\n");

        assertThat(count("a")).isEqualTo(1);
        assertThat(mongo.database().getCollection("a").listIndexes()).hasSize(2);
    }

    @Test
    void whatCountsOutsideOfTheTransactionIsRefused() {
        assertThat(failure(FILE + "db.a.insertOne({ _id: 1 });\nprint(db.a.estimatedDocumentCount());\n"))
                .hasMessageContaining("001_script.js:3:")
                .hasMessageContaining("countDocuments() can")
                .hasMessageContaining("Take '// migrate:transaction file' out of the header");
        assertThat(count("a")).isZero();
    }

    @Test
    void scriptCheckAndHistoryAreOneTransaction() {
        Files files = new Files()
                .with("001_a.js", FILE + "db.a.insertOne({ _id: 1 });")
                .with("001_a.verify.js", "db.a.countDocuments() === 2");
        assertThat(failure(migrator(files)))
                .hasMessageContaining("The check 001_a.verify.js does not hold: it ends in false.");
        assertThat(count("a")).isZero();

        migrator(files.with("001_a.verify.js", "db.a.countDocuments() === 1")).migrate(Target.HEAD);

        assertThat(count("a")).isEqualTo(1);
    }

    @Test
    void aServerByItselfIsRefusedBeforeAnythingRuns() {
        Files files = new Files()
                .with("001_a.js", "db.a.insertOne({ _id: 1 });")
                .with("002_b.js", "// Orders.\n" + FILE + "db.b.insertOne({ _id: 1 });");
        try (TestMongo alone = TestMongo.standalone()) {
            Migrator migrator = new Migrator(
                    new MongoDriver(alone.client(), alone.databaseName(), MongoSettings.DEFAULT), files::set);

            MigrationException failure = failure(migrator);

            assertThat(failure).isInstanceOf(InvalidMigration.class);
            assertThat(failure)
                    .hasMessageContaining("002_b.js:2: 'migrate:transaction file' needs a replica set")
                    .hasMessageContaining("mongod --replSet");
            assertThat(alone.database().getCollection("a").countDocuments()).isZero();
        }
    }

    @Test
    void whatTheServerWouldRefuseIsRefusedWithItsPlace() {
        mongo.database().getCollection("old").insertOne(new Document());
        assertThat(failure(FILE + "db.old.insertOne({});\ndb.old.drop();\n"))
                .hasMessageContaining("001_script.js:3:")
                .hasMessageContaining("drop cannot run in a transaction.")
                .hasMessageContaining("Take '// migrate:transaction file' out of the header");
        assertThat(failure(FILE + "db.old.createIndex({ n: 1 });\n"))
                .hasMessageContaining("an index on a collection that is there already cannot be made in a transaction");
        assertThat(count("old")).isEqualTo(1);
    }

    @Test
    void anErrorThatIsCaughtEndsTheTransactionAllTheSame() {
        String script = FILE + "db.a.insertOne({ _id: 1 });\ntry { db.a.insertOne({ _id: 1 }); } catch (e) {}\n";

        assertThat(failure(script))
                .hasMessageContaining("It caught an error, but a transaction ends with its first error");

        assertThat(count("a")).isZero();
    }

    @Test
    void aStatementThatCouldNotBePreparedIsNotLeftOut() {
        mongo.deny("listCollections");

        assertThat(failure(FILE + "db.b.insertOne({ _id: 1 });\ntry { db.a.insertOne({ _id: 1 }); } catch (e) {}\n"))
                .isNotInstanceOf(ScriptFailed.class)
                .hasMessageContaining("listCollections");

        assertThat(count("b")).isZero();
    }

    @Test
    void aCheckThatLosesItsConnectionIsNotSaidNotToHold() {
        Files files =
                new Files().with("001_a.js", "db.a.insertOne({ _id: 1 });").with("001_a.verify.js", "db.a.findOne();");
        // The driver reads again, once.
        mongo.failOn(mongo.databaseName() + ".a", 2, 91, "find");

        assertThat(failure(migrator(files))).isInstanceOf(DatabaseUnavailable.class);
    }

    @Test
    void theCheckOfAScriptOnlyLooks() {
        Files files = new Files()
                .with("001_a.js", "db.a.insertOne({ _id: 1 });")
                .with("001_a.verify.js", "db.a.deleteMany({});");

        assertThat(failure(migrator(files))).hasMessageContaining("a check only looks; deleteMany changes something.");

        assertThat(count("a")).isEqualTo(1);
        migrator(files.with("001_a.verify.js", "if (db.a.countDocuments() !== 1) throw new Error('gone');"))
                .migrate(Target.HEAD);
        assertThat(count("a")).isEqualTo(1);
    }

    @Test
    void aClientThatPrefersSecondariesMayMigrateToo() {
        Files files = new Files()
                .with("001_a.js", FILE + "db.a.insertOne({ n: db.a.countDocuments() });")
                .with("001_a.verify.js", "db.a.countDocuments() === 1");
        try (MongoClient client = MongoClients.create(mongo.url() + "&readPreference=secondaryPreferred")) {
            migrator(client, MongoSettings.DEFAULT, files).migrate(Target.HEAD);
        }

        assertThat(count("a")).isEqualTo(1);
    }
}
