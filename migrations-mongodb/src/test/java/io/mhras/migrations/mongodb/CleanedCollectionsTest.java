package io.mhras.migrations.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.ServerAddress;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.testing.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a clean takes: the very collections that migrations made, and no other that has the name of one. */
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

        assertThat(Making.of(new ShellCall("aggregate", "shop.a", new BsonDocument("pipeline", pipeline), 1, 1)))
                .extracting(Making::to)
                .containsExactly(target);
    }

    @Test
    void whatAScriptMakesThatFails() {
        failure("db.a.insertMany([{ _id: 1 }, { _id: 1 }]);\n");

        assertThat(taken()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ create: 'b' }",
                "{ createIndexes: 'b', indexes: [{ key: { n: 1 }, name: 'n', unknown: 1 }] }",
                "{ renameCollection: 'a', to: 'b' }",
                "{ aggregate: 'a', pipeline: [{ $out: 'b' }] }"
            })
    void notWhatTheServiceMadeBetweenOurLookAndTheRefusal(String text) {
        migrate("db.a.insertOne({});");
        ShellCall call = commandInDatabase(text);
        MadeCollections made = new MadeCollections(collections());
        BsonDocument begin =
                Objects.requireNonNull(collections().events().find().first());
        MakingWatch watch = new MakingWatch(
                refused -> {
                    made("b");
                    throw new MongoCommandException(
                            new BsonDocument("ok", new BsonInt32(0)).append("code", new BsonInt32(48)),
                            new ServerAddress());
                },
                made,
                () -> begin.getNumber("_id").longValue());

        assertThatThrownBy(() -> watch.answer(call)).isInstanceOf(MongoCommandException.class);

        assertThat(mongo.database().listCollectionNames()).contains("b");
        assertThat(taken()).containsExactly("a");
    }

    private ShellCall commandInDatabase(String text) {
        BsonDocument command = BsonDocument.parse(text);
        String database = mongo.databaseName() + ".";
        String operation = command.getFirstKey();
        String namespace = database + command.getString(operation).getValue();
        if (command.containsKey("to")) {
            command.append(operation, new BsonString(namespace))
                    .append(
                            "to",
                            new BsonString(database + command.getString("to").getValue()));
        }
        return new ShellCall(operation, namespace, new BsonDocument("command", command), 1, 1);
    }

    @Test
    void whatAScriptMakesOnceItsFirstAttemptWasRefused() {
        migrate("try { db.createCollection('a', { capped: true }); } catch (e) {}\n"
                + "if (db.getCollectionNames().includes('a')) throw new Error('made');\ndb.a.insertOne({});\n");

        assertThat(taken()).containsExactly("a");
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
    void notWhatTheServiceMadeAnewUnderTheNameOfWhatItOrAScriptDropped() {
        Files files = new Files()
                .with("001_a.js", "db.a.insertOne({});\ndb.b.insertOne({});\ndb.createView('v', 'b', []);\n")
                .with("002_b.js", "db.a.drop();\n");
        migrator(files).migrate(Target.HEAD);
        for (String name : List.of("b", "v")) {
            mongo.database().getCollection(name).drop();
        }
        made("a");
        made("b");
        mongo.database().createView("v", "a", List.of(new Document("$match", new Document("n", 1))));

        assertThat(taken()).isEmpty();
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

        assertThat(taken()).containsExactlyInAnyOrder("b", "other.c");
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
