package io.mhras.migrations.mongodb.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.mongodb.run.MongoSession;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a clean takes: the collections that the history or the journal says migrations created, and no other. */
class CleanedCollectionsTest extends MongoTest {

    private static final String FILE = "// migrate:transaction file\n";

    /** What it would take, of what the scripts can have made. */
    private List<String> taken() {
        return new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT)
                .cleanable().stream()
                        .map(name -> name.replace("collection ", "").replace(mongo.databaseName() + ".", ""))
                        .filter(name -> !name.startsWith("migration_history"))
                        .toList();
    }

    private void made(String collection) {
        mongo.database().getCollection(collection).insertOne(new Document("made", "by the service"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.a.insertOne({});",
                "db.a.insertMany([{}, {}]);",
                "db.a.updateOne({ _id: 1 }, { $set: { n: 1 } }, { upsert: true });",
                "db.a.findOneAndUpdate({ _id: 1 }, { $set: { n: 1 } }, { upsert: true });",
                "db.a.bulkWrite([{ replaceOne: { filter: { _id: 1 }, replacement: { n: 1 }, upsert: true } }]);",
                "db.createCollection('a');",
                "db.a.createIndex({ n: 1 });",
                "db.runCommand({ insert: 'a', documents: [{ _id: 1 }] });",
                "db.runCommand({ update: 'a', updates: [{ q: { _id: 1 }, u: { $set: { n: 1 } }, upsert: true }] });"
            })
    void whatAWriteMakes(String write) {
        migrate(FILE + write);
        assertThat(taken()).containsExactly("a");
        mongo.database().drop();

        migrate(write);
        assertThat(taken()).containsExactly("a");
    }

    @Test
    void whatAnAggregationMakesButNotWhatItReplaces() {
        made("source");
        made("theirs");
        migrate("db.source.aggregate([{ $out: 'a' }]);\ndb.source.aggregate([{ $merge: { into: 'b' } }]);\n"
                + "db.source.aggregate([{ $out: 'theirs' }]);\ndb.source.aggregate([{ $out: 'a' }]);\n");

        assertThat(taken()).containsExactlyInAnyOrder("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ $out: 'c' }                                    | shop.c",
                "{ $out: { db: 'other', coll: 'c' } }             | other.c",
                "{ $merge: 'c' }                                  | shop.c",
                "{ $merge: { into: 'c' } }                        | shop.c",
                "{ $merge: { into: { db: 'other', coll: 'c' } } } | other.c"
            })
    void anAggregationSaysInManyWaysWhereItWrites(String stage, String target) {
        BsonArray pipeline = new BsonArray(List.of(new BsonDocument("$match", new BsonDocument())));
        pipeline.add(BsonDocument.parse(stage));

        assertThat(new ShellCall("aggregate", "shop.a", new BsonDocument("pipeline", pipeline), 1, 1).changed())
                .isEqualTo(target);
    }

    @Test
    void whatAScriptMakesThatFails() {
        failure("db.a.insertMany([{ _id: 1 }, { _id: 1 }]);\n");

        assertThat(taken()).containsExactly("a");
    }

    @Test
    void whatIsLeftIsSaid() {
        made("theirs");
        made("orders");
        Migrator migrator = migrator(new Files().with("001_a.js", "db.a.insertOne({});\n"))
                .with(new MigratorSettings(OutOfOrder.FAIL, true));
        migrator.migrate(Target.HEAD);

        try (LogCapture log = LogCapture.of(MongoSession.class)) {
            migrator.clean();

            assertThat(log.lines())
                    .containsExactly("Left, since no migration created it: " + mongo.databaseName() + ".orders, "
                            + mongo.databaseName() + ".theirs");
        }
        assertThat(mongo.database().listCollectionNames().into(new ArrayList<>()))
                .containsExactlyInAnyOrder("orders", "theirs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.createCollection('theirs', { capped: true });",
                "db.theirs.insertOne({ _id: 1 });",
                "db.theirs.updateOne({ _id: 1 }, { $set: { n: 1 } }, { upsert: true });"
            })
    void notWhatIsThereBefore(String write) {
        made("theirs");
        failure(write + "\nthrow new Error('later');");

        assertThat(taken()).isEmpty();
    }

    @Test
    void whatAScriptMakesOnceItsFirstAttemptWasRefused() {
        migrate("try { db.createCollection('a', { capped: true }); } catch (e) {}\n"
                + "if (db.getCollectionNames().includes('a')) throw new Error('made');\ndb.a.insertOne({});\n");

        assertThat(taken()).containsExactly("a");
    }

    @Test
    void whatARunThatGoesOnMadeBeforeAndNotWhatWasRefused() {
        made("theirs");
        String script = "db.a.insertOne({});\ntry { db.b.insertMany([{ _id: 1 }, { _id: 1 }]); } catch (e) {}\n"
                + "try { db.createCollection('c', { capped: true }); } catch (e) {}\n";
        failure(script + "throw new Error('later');\n");
        made("c");
        assertThat(taken()).containsExactlyInAnyOrder("a", "b");

        migrate(script + "db.d.insertOne({});\n");

        assertThat(taken()).containsExactlyInAnyOrder("a", "b", "d");
    }

    @Test
    void viewsAndWhatWasConverted() {
        migrate("db.a.insertOne({});\ndb.createView('v', 'a', []);\ndb.a.convertToCapped(4096);\n");

        assertThat(taken()).containsExactlyInAnyOrder("a", "v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.theirs.updateMany({}, { $set: { n: 1 } });",
                "db.theirs.deleteMany({});",
                "db.theirs.findOneAndDelete({});",
                "db.theirs.bulkWrite([{ deleteMany: { filter: {} } }]);"
            })
    void notWhatAnUpdateOrADeleteFoundMissing(String write) {
        migrator(new Files().with("001_a.js", FILE + write)).migrate(Target.HEAD);
        failure(migrator(new Files().with("001_a.js", FILE + write).with("002_b.js", write + "\nthrow new Error();")));
        made("theirs");

        assertThat(taken()).isEmpty();
    }

    @Test
    void notWhatTheServiceMadeAnewUnderTheNameOfWhatAScriptDropped() {
        Files files = new Files()
                .with("001_a.js", "db.a.insertOne({});\ndb.b.insertOne({});\ndb.b.drop();\ndb.c.insertOne({});\n")
                .with("002_b.js", "db.a.drop();\n");
        migrator(files).migrate(Target.HEAD);
        made("a");
        made("b");

        assertThat(taken()).containsExactly("c");
    }

    @Test
    void notWhatTheServiceMadeAnewAfterAScriptDroppedTheDatabase() {
        String other = mongo.databaseName() + "_other";
        String script = "const other = db.getSiblingDB('" + other + "');\nother.a.insertOne({});\n";
        migrate(script + "other.dropDatabase();\nother.b.insertOne({});\n");
        mongo.client().getDatabase(other).getCollection("a").insertOne(new Document());

        assertThat(taken()).containsExactly(other + ".b");
    }

    @Test
    void notAViewOfAnotherDatabaseThatIsTheSame() {
        String other = mongo.databaseName() + "_other";
        migrate("db.createView('v', 'a', []);\ndb.getSiblingDB('" + other + "').a.insertOne({});\n");
        mongo.client().getDatabase(other).createView("v", "a", List.of());

        assertThat(taken()).containsExactlyInAnyOrder("v", other + ".a");
    }

    @Test
    void notWhatTheServiceMadeUnderTheNameOfWhatAScriptRenamed() {
        mongo.client().getDatabase("other").getCollection("b").insertOne(new Document());
        Files files = new Files()
                .with("001_a.js", "db.a.insertOne({});\ndb.c.insertOne({});\n")
                .with(
                        "002_b.js",
                        "db.a.renameCollection('b');\n"
                                + "db.adminCommand({ renameCollection: db.getName() + '.c', to: 'other.c' });\n");
        migrator(files).migrate(Target.HEAD);
        made("a");
        made("c");

        assertThat(taken()).isEmpty();
    }

    @Test
    void notWhatTheServiceMadeAndAScriptRenamed() {
        mongo.client().getDatabase("other").getCollection("b").insertOne(new Document());
        made("theirs");
        migrate("db.adminCommand({ renameCollection: db.getName() + '.theirs', to: 'other.theirs' });\n");

        assertThat(taken()).isEmpty();
    }

    @Test
    void whatADownScriptLeftAndWhatItMade() {
        Files files = new Files()
                .with("001_a.js", "db.a.insertOne({});\ndb.b.insertOne({});\n")
                .with("001_a.down.js", "db.a.drop();\ndb.c.insertOne({});\n");
        migrator(files).migrate(Target.HEAD);
        migrator(files).rollback(Target.parse("-1"));

        assertThat(taken()).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void andThenNothingIsLeft() {
        Migrator migrator = migrator(new Files().with("001_a.js", "db.a.insertOne({});\n"))
                .with(new MigratorSettings(OutOfOrder.FAIL, true));
        migrator.migrate(Target.HEAD);

        migrator.clean();

        assertThat(mongo.database().listCollectionNames().into(new ArrayList<>()))
                .isEmpty();
    }
}
