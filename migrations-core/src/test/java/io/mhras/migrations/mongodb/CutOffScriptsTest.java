package io.mhras.migrations.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.Migrator;
import io.mhras.migrations.Target;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.mongodb.MongoProxy;
import io.mhras.migrations.testing.mongodb.MongoProxy.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts whose process is gone in the middle of a statement, seen from the server; and what the next start makes of it. */
class CutOffScriptsTest extends MongoTest {

    /** Runs a script until its way to the server ends at the message that begins a command on this collection. */
    private void cutOff(String script, Moment moment, String command, String collection) throws Exception {
        try (MongoProxy proxy = MongoProxy.to(mongo.url());
                MongoClient client = MongoClients.create(proxy.url())) {
            proxy.endAt(moment, message -> isOf(message, command, collection));
            assertThat(failure(migrator(client, MongoSettings.DEFAULT, files(script))))
                    .isInstanceOf(MigrationException.DatabaseUnavailable.class);
            assertThat(proxy.isCut()).isTrue();
        }
        letTheLeaseRunOut();
    }

    /** A command is the first field of a message's document: a string of type 2, its name, its length, its value. */
    private static boolean isOf(String message, String command, String collection) {
        return message.matches("(?s).*\\x02" + command + "\\x00....\\Q" + collection + "\\E\\x00.*");
    }

    private static Files files(String script) {
        return new Files().with("001_script.js", script);
    }

    private Migrator again(String script) {
        return migrator(files(script));
    }

    @ParameterizedTest
    @EnumSource
    void whatCanBeSeenIsDoneOnce(Moment moment) throws Exception {
        String[][] statements = {
            {"create", "a", "db.createCollection('a', { validator: { n: { $type: 'int' } } });"},
            {"createIndexes", "b", "db.b.createIndex({ n: 1 }, { unique: true });"},
            {"collMod", "kept", "db.runCommand({ collMod: 'kept', validator: { _id: { $exists: true } } });"},
            {"drop", "old", "db.old.drop();"},
            {"dropIndexes", "kept", "db.kept.dropIndex({ m: 1 });"},
            {"insert", "c", "db.c.insertOne({ n: 1 });"},
            {"insert", "d", "db.d.insertMany([{ n: 1 }, { n: 2 }]);"},
            {"update", "kept", "db.kept.updateOne({ _id: 1 }, { $set: { done: true } });"},
            {"update", "kept", "db.kept.updateMany({}, { $set: { state: 'new' } });"},
            {"update", "kept", "db.kept.replaceOne({ _id: 2 }, { replaced: 'yes' });"},
            {"delete", "kept", "db.kept.deleteOne({ _id: 3 });"},
            {"delete", "kept", "db.kept.deleteMany({ _id: { $in: [4, 5] } });"},
        };
        List<String> notDoneOnce = new ArrayList<>();
        for (String[] statement : statements) {
            mongo.database().drop();
            seed();
            Document once = stateAfter(statement[2]);
            mongo.database().drop();
            seed();
            String script = "db.before.insertOne({ n: 1 });\n" + statement[2] + "\ndb.after.insertOne({ n: 1 });\n";

            cutOff(script, moment, statement[0], statement[1]);
            again(script).migrate(Target.HEAD);

            if (!stateAfter("").equals(once) || count("before") != 1 || count("after") != 1) {
                notDoneOnce.add(statement[2] + " " + stateAfter("") + " instead of " + once);
            }
        }
        assertThat(notDoneOnce).isEmpty();
    }

    private void seed() {
        mongo.database().getCollection("old").insertOne(new Document("_id", 1));
        for (int i = 1; i <= 6; i++) {
            mongo.database().getCollection("kept").insertOne(new Document("_id", i));
        }
        mongo.database().getCollection("kept").createIndex(new Document("m", 1));
    }

    /** All that the scripts of this test can change, but for the ids that are made up. */
    private Document stateAfter(String script) {
        if (!script.isEmpty()) {
            new Migrator(
                            new MongoDriver(
                                    mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT.in("other_history")),
                            files(script)::set)
                    .migrate(Target.HEAD);
        }
        Document state = new Document();
        for (String collection : List.of("a", "b", "c", "d", "old", "kept")) {
            List<Document> documents =
                    mongo.database().getCollection(collection).find().into(new ArrayList<>());
            documents.forEach(
                    document -> document.computeIfPresent("_id", (k, id) -> id instanceof Integer ? id : "id"));
            List<Object> indexes = new ArrayList<>();
            mongo.database().getCollection(collection).listIndexes().forEach(index -> indexes.add(index.get("key")));
            state.append(collection, documents).append(collection + " indexes", indexes);
        }
        return state;
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeSeenStopsAndAsks(Moment moment) throws Exception {
        seed();
        String script =
                "db.kept.insertOne({ _id: 10 });\n\ndb.kept.updateMany({}, { $inc: { n: 1 } });\ndb.kept.deleteOne({ _id: 6 });\n";
        cutOff(script, moment, "update", "kept");

        MigrationException stop = failure(again(script));

        assertThat(stop).isInstanceOf(ScriptFailed.class);
        assertThat(stop)
                .hasMessageContaining(
                        "001_script.js stopped at statement 2: an earlier run was cut off in the middle of it")
                .hasMessageContaining("classpath:db/migration/001_script.js:3:")
                .hasMessageContaining("updateMany " + mongo.databaseName() + ".kept")
                .hasMessageContaining("A second time would change the documents again.")
                .hasMessageContaining("Then run 'repair', which takes it as done, and start again");
        assertThat(failure(again(script))).hasMessage(stop.getMessage());
        assertThat(count("kept")).isEqualTo(7);

        // Done by hand, where it had not been done.
        if (moment == Moment.BEFORE_IT_ARRIVES) {
            mongo.database().getCollection("kept").updateMany(new Document(), Document.parse("{$inc: {n: 1}}"));
        }
        assertThat(again(script).repair().events()).hasSize(1);
        again(script).migrate(Target.HEAD);

        assertThat(count("kept")).isEqualTo(6);
        assertThat(mongo.database().getCollection("kept").countDocuments(new Document("n", 1)))
                .isEqualTo(6);
        assertThat(again(script).migrate(Target.HEAD).isUpToDate()).isTrue();
        assertThat(events(again(script))).contains("REPAIRED 001").endsWith("APPLIED 001");
    }

    @Test
    void repairTakesNothingAsDoneThatTheNextRunCanFindOut() throws Exception {
        String script = "db.a.insertOne({ _id: 1 });\ndb.a.createIndex({ n: 1 });\n";
        cutOff(script, Moment.BEFORE_IT_ARRIVES, "createIndexes", "a");

        assertThat(again(script).repair().isUpToDate()).isTrue();
        again(script).migrate(Target.HEAD);

        assertThat(mongo.database().getCollection("a").listIndexes().into(new ArrayList<>()))
                .hasSize(2);
    }

    @Test
    void whatOthersHaveChangedSinceIsNotChangedBack() throws Exception {
        seed();
        String script = "db.kept.updateOne({ _id: 1 }, { $set: { state: 'new' } });\n";
        cutOff(script, Moment.BEFORE_THE_ANSWER, "update", "kept");
        mongo.database()
                .getCollection("kept")
                .updateOne(new Document("_id", 1), Document.parse("{$set: {state: 'active'}}"));

        assertThat(failure(again(script)))
                .hasMessageContaining("The document 1 is no longer what it was, and not what it was to become.");

        assertThat(mongo.database()
                        .getCollection("kept")
                        .find(new Document("_id", 1))
                        .first())
                .containsEntry("state", "active");
    }

    @Test
    void aCollectionThatOthersMadeAnewIsNotDroppedAgain() throws Exception {
        seed();
        String script = "db.old.drop();\n";
        cutOff(script, Moment.BEFORE_THE_ANSWER, "drop", "old");
        mongo.database().getCollection("old").insertOne(new Document("_id", "theirs"));

        again(script).migrate(Target.HEAD);

        assertThat(count("old")).isEqualTo(1);
    }

    @Test
    void aLoopGoesOnWithTheDocumentThatIsNextThoughTheQueryNoLongerFindsTheOthers() throws Exception {
        List<Document> many = new ArrayList<>();
        for (int i = 0; i < 1200; i++) {
            many.add(new Document("_id", i));
        }
        mongo.database().getCollection("many").insertMany(many);
        String script = """
                db.many.find({ n: { $exists: false } }).batchSize(400).forEach(each => {
                  db.many.updateOne({ _id: each._id }, { $inc: { n: 1 } });
                });
                """;
        try (MongoProxy proxy = MongoProxy.to(mongo.url());
                MongoClient client = MongoClients.create(proxy.url())) {
            int[] updates = {0};
            proxy.endAt(Moment.BEFORE_IT_ARRIVES, message -> isOf(message, "update", "many") && ++updates[0] == 500);
            assertThat(failure(migrator(client, MongoSettings.DEFAULT, files(script))))
                    .isInstanceOf(MigrationException.DatabaseUnavailable.class);
        }
        letTheLeaseRunOut();
        assertThat(again(script).status().migrations().get(0).error())
                .contains("not finished; statements up to 501 are done");

        again(script).migrate(Target.HEAD);

        assertThat(mongo.database().getCollection("many").countDocuments(new Document("n", 1)))
                .isEqualTo(1200);
    }

    @Test
    void idsThatTheScriptMakesUpAreTheSameInItsSecondRun() throws Exception {
        String script = """
                const id = new ObjectId(), token = UUID(), random = Math.random(), now = new Date();
                db.a.insertOne({ _id: id, token, random, now });
                db.b.insertOne({ a: id, token, random, now });
                """;
        cutOff(script, Moment.BEFORE_IT_ARRIVES, "insert", "b");

        again(script).migrate(Target.HEAD);

        Document a = mongo.database().getCollection("a").find().first();
        Document b = mongo.database().getCollection("b").find().first();
        assertThat(b.get("a")).isEqualTo(a.get("_id"));
        assertThat(b.get("token")).isEqualTo(a.get("token"));
        assertThat(b.get("random")).isEqualTo(a.get("random"));
        assertThat(b.get("now")).isEqualTo(a.get("now"));
        assertThat(count("a")).isEqualTo(1);
    }

    @Test
    void whatIsNotDoneYetMayBeChangedAndWhatIsDoneMayNot() {
        String done = "db.a.insertOne({ _id: 1 });\n";
        assertThat(failure(done + "db.a.insertOne({ _id: 1 });\n"))
                .hasMessageContaining("001_script.js failed; what it did up to line 1 is done and stays.")
                .hasMessageContaining("001_script.js:2:")
                .hasMessageContaining("E11000")
                .hasMessageContaining("Correct the script after line 1 and start again: it goes on there.");

        MigrationException changed = failure("db.a.insertOne({ _id: 2 });\n");
        assertThat(changed).isInstanceOf(InvalidMigration.class);
        assertThat(changed)
                .hasMessageContaining("001_script.js:1:")
                .hasMessageContaining(
                        "this statement has run already, in an earlier run that stopped after statement 1")
                .hasMessageContaining("Put it back as it was. What comes after statement 1 may be changed.");
        assertThat(failure("print('nothing');\n"))
                .hasMessageContaining(
                        "but now it ends after 0: insertOne " + mongo.databaseName() + ".a, which was in line 1");

        migrate(done + "db.a.insertOne({ _id: 3 });\n");

        assertThat(count("a")).isEqualTo(2);
    }

    @Test
    void anErrorThatTheScriptCatchesIsCaughtAgain() {
        String script = """
                let caught = 0;
                try { db.a.insertOne({ _id: 1 }); db.a.insertOne({ _id: 1 }); } catch (e) { caught = e.code; }
                db.a.insertOne({ _id: 2, caught });
                """;
        assertThat(failure(script + "throw new Error('later');")).hasMessageContaining("later");

        migrate(script);

        assertThat(mongo.database()
                        .getCollection("a")
                        .find(new Document("_id", 2))
                        .first())
                .containsEntry("caught", 11000);
    }

    @Test
    void whatWasInsertedOfManyBeforeOneWasRefusedIsNotInsertedTwice() {
        mongo.database().getCollection("a").insertOne(new Document("_id", "taken"));
        assertThat(failure("db.a.insertMany([{ n: 1 }, { n: 2 }, { _id: 'taken' }, { n: 3 }]);"))
                .hasMessageContaining("E11000");

        migrate("db.a.insertMany([{ n: 1 }, { n: 2 }, { _id: 'free' }, { n: 3 }]);");

        assertThat(count("a")).isEqualTo(5);
    }

    @Test
    void anInterruptIsOnRecordAndLeavesNoLock() throws Exception {
        String script = "db.a.insertOne({ _id: 1 });\ndb.a.insertOne({ _id: 2 });\nsleep(600000);\n";
        AtomicReference<MigrationException> failure = new AtomicReference<>();
        Thread thread = new Thread(() -> failure.set(failure(script)));
        thread.start();
        while (count("migration_history_steps") < 2) {
            Thread.sleep(5);
        }

        thread.interrupt();
        thread.join();

        assertThat(failure.get())
                .isInstanceOf(MigrationException.TimedOut.class)
                .hasMessageStartingWith("001_script.js was interrupted; what it did up to line 2 is done and stays.")
                .hasMessageContaining("Start again: it goes on there.");
        assertThat(events(again(script))).containsExactly("STARTED 001", "FAILED 001");
        migrate(script.replace("sleep(600000);", ""));
        assertThat(count("a")).isEqualTo(2);
    }

    @Test
    void aJournalThatAFinishedRunCouldNotDeleteGoesWithTheNextRun() throws Exception {
        String script = "db.a.insertOne({ _id: 1 });\n";
        cutOff(script, Moment.BEFORE_IT_ARRIVES, "delete", "migration_history_steps");
        assertThat(count("migration_history_steps")).isEqualTo(1);

        migrator(files(script).with("002_b.js", "db.b.find();")).migrate(Target.HEAD);

        assertThat(count("migration_history_steps")).isZero();
        assertThat(count("a")).isEqualTo(1);
    }

    @Test
    void theJournalGoesWhenTheScriptIsDone() {
        migrate("db.a.insertOne({ n: 1 });");

        assertThat(count("migration_history_steps")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.a.updateMany({}, { $inc: { n: 1 } });",
                "db.a.bulkWrite([{ updateMany: { filter: {}, update: { $inc: { n: 1 } } } }]);"
            })
    void anUpdateOfManyThatFailedAtOneOfThemIsNotMadeAgain(String update) {
        mongo.database().getCollection("a").insertOne(new Document("_id", 1).append("n", 1));
        mongo.database().getCollection("a").insertOne(new Document("_id", 2).append("n", "text"));
        String script = "db.b.insertOne({ _id: 1 });\n" + update + "\n";
        assertThat(failure(script)).hasMessageContaining("001_script.js:2:");
        mongo.database().getCollection("a").updateOne(new Document("_id", 2), Document.parse("{$set: {n: 1}}"));

        assertThat(failure(script))
                .hasMessageContaining("001_script.js stopped at statement 2")
                .hasMessageContaining("The server refused a part of it, and may have done another part.");

        assertThat(mongo.database()
                        .getCollection("a")
                        .find(new Document("_id", 1))
                        .first())
                .containsEntry("n", 2);
    }

    @Test
    void aListWithTheValueInItIsNotTheValue() throws Exception {
        mongo.database().getCollection("a").insertOne(Document.parse("{_id: 1, role: ['admin']}"));
        String script = "db.a.updateMany({ role: ['admin'] }, { $set: { role: 'admin' } });\n";
        cutOff(script, Moment.BEFORE_IT_ARRIVES, "update", "a");

        again(script).migrate(Target.HEAD);

        assertThat(mongo.database().getCollection("a").find().first()).containsEntry("role", "admin");
    }

    @Test
    void aStatementThatTheServerRefusesInTheNextRunMayBeChanged() throws Exception {
        String script = "db.a.insertOne({ _id: 1 });\ndb.a.updateOne({ _id: 1 }, { $inc: { _id: 1 } });\n";
        cutOff(script, Moment.BEFORE_IT_ARRIVES, "update", "a");
        assertThat(failure(again(script))).isInstanceOf(ScriptFailed.class).hasMessageContaining("_id");

        again(script.replace("$inc: { _id: 1 }", "$inc: { n: 1 }")).migrate(Target.HEAD);

        assertThat(mongo.database().getCollection("a").find().first()).containsEntry("n", 1);
    }

    @Test
    void aStatementThatWasNeverSentMayBeChanged() {
        String done = "db.a.insertOne({ _id: 1 });\n";
        assertThat(failure(done + "db.a.replaceOne({ _id: 1 }, { a: 1, b: { $x: undefined } }, { nosuch: 1 });\n"))
                .isInstanceOf(ScriptFailed.class);

        migrate(done + "db.a.replaceOne({ _id: 1 }, { a: 1 });\n");

        assertThat(count("a")).isEqualTo(1);
    }

    @Test
    void aCollectionThatAScriptOnlyLooksForIsNotItsOwn() {
        migrate("db.theirs.drop();\ndb.theirs.deleteMany({});\ndb.ours.insertOne({ _id: 1 });\n");
        mongo.database().getCollection("theirs").insertOne(new Document("_id", 1));

        assertThat(new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT).cleanable())
                .contains("collection " + mongo.databaseName() + ".ours")
                .doesNotContain("collection " + mongo.databaseName() + ".theirs");
    }
}
