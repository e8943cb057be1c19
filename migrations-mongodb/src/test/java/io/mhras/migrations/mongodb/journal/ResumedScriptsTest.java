package io.mhras.migrations.mongodb.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.Target;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.history.StatementState;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellErrors;
import io.mhras.migrations.testing.mongodb.MongoProxy;
import io.mhras.migrations.testing.mongodb.MongoProxy.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that go on where an earlier run of them stopped: with the same answers, and with what may have been edited. */
class ResumedScriptsTest extends CutOffTest {

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
            awaitConnection(client);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.a.insertMany([{ _id: 1 }, { _id: 2 }], { ordered: false })",
                "db.a.bulkWrite([{ insertOne: { document: { _id: 1 } } }])",
                "db.a.insertOne({ _id: 1 })",
                "db.strict.insertOne({ n: 'text' })",
                "db.runCommand({ nosuch: 1 })"
            })
    void anErrorThatTheScriptCatchesHasTheSameInItAgain(String refused) {
        mongo.database().getCollection("a").insertOne(new Document("_id", 1));
        String script = """
                db.createCollection('strict', { validator: { $jsonSchema: { properties: { n: { bsonType: 'int' } } } } });
                let seen = '';
                try { %s } catch (e) {
                  const own = Object.keys(e).filter(key => key !== 'errorResponse').sort();
                  seen = e.name + ' ' + e.message + ' ' + own.map(key => key + '=' + EJSON.stringify(e[key])).join();
                }
                db.b.insertOne({ _id: 1 });
                """.formatted(refused);
        String first = seen(script + "throw new Error(seen);");
        assertThat(first).contains("code=");

        assertThat(seen(script + "throw new Error(seen);")).isEqualTo(first);
    }

    private String seen(String script) {
        return failure(script)
                .problem()
                .lines()
                .filter(line -> line.contains("ERROR: "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anErrorInAnOlderJournalIsReadToo() {
        BsonDocument command =
                BsonDocument.parse("{ok: 0, code: 11000, errmsg: 'E11000 taken', codeName: 'DuplicateKey'}");
        ShellCall call = new ShellCall("insertOne", "shop.orders", new BsonDocument(), 1, 1);
        BsonDocument old = JournalEntry.of(1, call)
                .with(StatementState.DONE)
                .document(1, "001_script.js")
                .append(JournalEntry.ANSWER, new BsonBinary(PackedBson.pack(new BsonDocument("error", command))));

        assertThatThrownBy(() -> JournalEntry.of(old).replay())
                .isInstanceOfSatisfying(
                        MongoException.class,
                        e -> assertThat(ShellErrors.of(e))
                                .containsEntry("code", new BsonInt32(11000))
                                .containsEntry("message", new BsonString("E11000 taken")));
    }

    /** Again and again: what runs between the script's statements may take the interrupt flag for its own. */
    private static void interrupt(Thread thread) throws InterruptedException {
        while (thread.isAlive()) {
            thread.interrupt();
            thread.join(1_000);
        }
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

        interrupt(thread);

        assertThat(failure.get())
                .isInstanceOf(MigrationException.TimedOut.class)
                .hasMessageStartingWith("001_script.js was interrupted; what it did up to line 2 is done and stays.")
                .hasMessageContaining("Start again: it goes on there.");
        assertThat(events(again(script))).containsExactly("STARTED 001", "FAILED 001");
        migrate(script.replace("sleep(600000);", ""));
        assertThat(count("a")).isEqualTo(2);
    }

    @Test
    void anInterruptBehindAStatementThatWasDoneInPartSaysSo() throws Exception {
        mongo.database().getCollection("a").insertOne(new Document("_id", "taken"));
        String script = "try { db.a.insertMany([{ n: 1 }, { _id: 'taken' }]); } catch (e) {}\nsleep(600000);\n";
        AtomicReference<MigrationException> failure = new AtomicReference<>();
        Thread thread = new Thread(() -> failure.set(failure(script)));
        thread.start();
        while (count("migration_history_steps") < 1) {
            Thread.sleep(5);
        }

        interrupt(thread);

        assertThat(failure.get())
                .isInstanceOf(MigrationException.TimedOut.class)
                .hasMessageStartingWith("001_script.js was interrupted;")
                .hasMessageContaining(" its statement in line 1 may be done, or a part of it.");
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
        assertThat(failure(done + "db.a.bulkWrite([{ deleteMany: { filter: {} } }, { nosuch: {} }]);\n"))
                .isInstanceOf(ScriptFailed.class);

        migrate(done + "db.a.replaceOne({ _id: 1 }, { a: 1 });\n");

        assertThat(count("a")).isEqualTo(1);
    }

    @Test
    void aStatementThatMayHaveRunMustNotBeTakenOutAtTheEnd() throws Exception {
        String first = "db.a.insertOne({ _id: 1 });\n";
        String script = first + "db.b.updateMany({}, { $inc: { n: 1 } });\n";
        cutOff(script, Moment.BEFORE_THE_ANSWER, "update", "b");

        for (int asked = 0; asked < 2; asked++) {
            assertThat(failure(again(first)))
                    .isInstanceOf(InvalidMigration.class)
                    .hasMessageContaining(
                            "an earlier run of this script stopped in the middle of statement 2, but now it ends after"
                                    + " 1: updateMany " + mongo.databaseName()
                                    + ".b, which was in line 2, is gone.")
                    .hasMessageContaining("Put back what was taken out. What comes after statement 2 may be changed.");
            assertThat(failure(again(script))).hasMessageContaining("Then run 'repair'");
            assertThat(again(script).status().migrations().get(0).remedy())
                    .startsWith("It stopped at a statement that is in doubt.")
                    .contains("then run 'repair', and start again.");
        }
        again(script).repair();
        again(script).migrate(Target.HEAD);
    }

    @Test
    void whatTheServerRefusedIsInNoDoubt() throws Exception {
        String script = """
                db.a.insertOne({ _id: 1, n: 1 });
                let caught = 0;
                try { db.a.updateOne({ n: 1 }, { $inc: { _id: 1 } }); } catch (e) { caught++; }
                db.b.find().toArray();
                db.c.insertOne({ caught });
                """;
        cutOff(script, Moment.BEFORE_IT_ARRIVES, "find", "b");

        again(script).migrate(Target.HEAD);

        assertThat(mongo.database().getCollection("c").find().first()).containsEntry("caught", 1);
    }

    @Test
    void anAnswerThatNobodyKnowsEndsTheScriptThatLooksIntoIt() throws Exception {
        seed();
        String change = "const old = db.kept.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } });\n";
        String script = change + "try {\n  db.a.insertOne({ _id: old._id });\n} catch (e) {}\n";
        cutOff(script, Moment.BEFORE_THE_ANSWER, "findAndModify", "kept");
        assertThat(failure(again(script))).hasMessageContaining("It answers with a document, and that answer is lost.");
        again(script).repair();

        assertThat(failure(again(script)))
                .isInstanceOf(ScriptFailed.class)
                .hasMessageContaining("001_script.js stopped: here it uses what findOneAndUpdate "
                        + mongo.databaseName() + ".kept in line 1 answered, which is not known.")
                .hasMessageContaining("001_script.js:3:")
                .hasMessageContaining("Ask for what you need by a query of its own after it");

        again(change + "db.a.insertOne({ _id: db.kept.findOne({ _id: 1 })._id });\n")
                .migrate(Target.HEAD);
        assertThat(count("a")).isEqualTo(1);
        assertThat(mongo.database()
                        .getCollection("kept")
                        .find(new Document("_id", 1))
                        .first())
                .containsEntry("n", 1);
    }

    @Test
    void anAnswerThatNobodyKnowsIsNoneOfTheBusinessOfAScriptThatOnlyWaitsForIt() throws Exception {
        seed();
        String script = "async function all() { return db.kept.deleteMany({ _id: { $in: [1] } }); }\n"
                + "await all();\nawait db.kept.deleteMany({ n: 2 });\n";
        cutOff(script, Moment.BEFORE_THE_ANSWER, "delete", "kept");

        again(script).migrate(Target.HEAD);

        assertThat(count("kept")).isEqualTo(5);
    }

    @Test
    void anUpsertThatWasDoneAnswersAsItDid() throws Exception {
        String script = "const { insertedId, matchedCount, modifiedCount, upsertedCount } =\n"
                + "  db.a.updateOne({ _id: 7 }, { $set: { n: 1 } }, { upsert: true });\n"
                + "db.b.insertOne({ _id: 1, insertedId, matchedCount, modifiedCount, upsertedCount });\n";
        cutOff(script, Moment.BEFORE_THE_ANSWER, "update", "a");

        again(script).migrate(Target.HEAD);

        assertThat(mongo.database().getCollection("b").find().first())
                .isEqualTo(
                        Document.parse("{_id: 1, insertedId: 7, matchedCount: 0, modifiedCount: 0, upsertedCount: 1}"));
    }

    @Test
    void whatAScriptReadsGoesIntoTheJournalBeforeItIsMuchThoughItWritesNothing() {
        String text = "x".repeat(1_000_000);
        for (int i = 0; i < 12; i++) {
            mongo.database().getCollection("big").insertOne(new Document("_id", i).append("text", text));
        }
        String script = "let n = 0;\ndb.big.find().batchSize(1).forEach(each => { n++; });\n";
        assertThat(failure(script + "throw new Error('later');")).hasMessageContaining("later");
        assertThat(count("migration_history_steps")).isGreaterThan(7);

        migrate(script + "db.a.insertOne({ _id: n });\n");

        assertThat(mongo.database().getCollection("a").find().first()).isEqualTo(new Document("_id", 12));
    }

    @Test
    void anAnswerThatIsTooLongToKeepIsForTheUserToDecide() {
        String text = "x".repeat(5_000_000);
        for (int i = 0; i < 3; i++) {
            mongo.database().getCollection("big").insertOne(new Document("_id", i).append("text", text));
        }
        String script = "const found = db.big.find().toArray();\ndb.a.insertOne({ _id: 1 });\n";
        assertThat(failure(script + "throw new Error('later');")).hasMessageContaining("later");
        String rest = "db.b.insertOne({ _id: found.length, last: found[2].text.length });\n";

        assertThat(failure(script + rest))
                .isInstanceOf(ScriptFailed.class)
                .hasMessageContaining(
                        "001_script.js stopped at statement 1: an earlier run had its answer already, which"
                                + " was too long for the journal.")
                .hasMessageContaining("001_script.js:1:")
                .hasMessageContaining("run 'repair' and start again: then the statement is asked once more.");

        migrator(files(script + rest)).repair();
        migrate(script + rest);

        assertThat(mongo.database().getCollection("b").find().first())
                .isEqualTo(new Document("_id", 3).append("last", text.length()));
        assertThat(count("a")).isEqualTo(1);
        assertThat(count("migration_history_steps")).isZero();
    }
}
