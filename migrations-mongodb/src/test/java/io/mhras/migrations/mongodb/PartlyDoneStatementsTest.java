package io.mhras.migrations.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.IndexOptions;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.Target;
import io.mhras.migrations.testing.LogCapture;
import io.mhras.migrations.testing.mongodb.MongoProxy.Moment;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that the server did in part before it refused the rest. */
class PartlyDoneStatementsTest extends CutOffTest {

    @Test
    void whatWasInsertedOfManyBeforeOneWasRefusedIsNotInsertedTwice() {
        mongo.database().getCollection("a").insertOne(new Document("_id", "taken"));
        assertThat(failure("db.a.insertMany([{ n: 1 }, { n: 2 }, { _id: 'taken' }, { n: 3 }]);"))
                .hasMessageContaining("E11000");

        migrate("db.a.insertMany([{ n: 1 }, { n: 2 }, { _id: 'free' }, { n: 3 }]);");

        assertThat(count("a")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void theDocumentThatIsRefusedOfTheRestOfACutOffListMayBeCorrected(int refused) throws Exception {
        mongo.database().getCollection("a").insertOne(new Document("_id", "other").append("n", "taken"));
        mongo.database().getCollection("a").createIndex(new Document("n", 1), new IndexOptions().unique(true));
        String script =
                "try {\n  db.a.insertMany([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(i => ({ _id: i, n: i === " + refused
                        + " ? 'taken' : i })));\n} catch (e) {\n  if (e.writeErrors[0].index !== " + refused
                        + " || e.result.insertedCount !== " + refused + ") throw new Error('shifted');\n"
                        + "  throw e;\n}\n";
        cutOff(script, Moment.BEFORE_IT_ARRIVES, "insert", "a");
        for (int i = 0; i < 4; i++) {
            mongo.database().getCollection("a").insertOne(new Document("_id", i).append("n", i));
        }
        assertThat(failure(again(script)))
                .hasMessageContaining("E11000")
                .hasMessageContaining("number " + (refused + 1) + " of the list");
        assertThat(count("a")).isEqualTo(refused + 1);

        again(script.replace("'taken'", "'free'")).migrate(Target.HEAD);

        assertThat(count("a")).isEqualTo(11);
    }

    @Test
    void theReportOfAScriptNamesTheStatementThatMayBeDoneInPart() {
        mongo.database().getCollection("a").insertOne(new Document("_id", "taken"));
        String script = "\ndb.a.insertMany([{ n: 1 }, { _id: 'taken' }]);\n";
        String open = "001_script.js failed; its statement in line 2 may be done, or a part of it.";

        assertThat(failure(script))
                .hasMessageContaining(open)
                .hasMessageContaining(
                        "Leave that statement as it is; of a list of documents (insertMany), what was refused"
                                + " may be corrected, and what comes after it. Then start again: the script goes on there, or says"
                                + " what to look at.");
        assertThat(failure("throw new Error('early');" + script))
                .hasMessageContaining("early")
                .hasMessageContaining(open);
    }

    @Test
    void theReportOfAScriptNamesWhatIsDoneBeforeTheStatementThatMayBeDoneInPart() {
        seedTwo();

        assertThat(failure("db.b.insertOne({ _id: 1 });\ndb.a.updateMany({}, { $inc: { n: 1 } });\n"))
                .hasMessageContaining(
                        "001_script.js failed; what it did up to line 1 is done and stays; its statement in"
                                + " line 2 may be done, or a part of it.");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.runCommand({ update: 'a', updates: [{ q: {}, u: { $inc: { n: 1 } }, multi: true }] });",
                "db.runCommand({ update: 'a', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } },"
                        + " { q: { _id: 2 }, u: { $inc: { n: 1 } } }] });",
                "db.runCommand({ update: 'a', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } },"
                        + " { q: { _id: 2 }, u: { $inc: { n: 1 } } }], ordered: false });",
                "db.runCommand({ insert: 'a', documents: [{ _id: 3 }, { _id: 2 }] });"
            })
    void aCommandThatAnswersWithWriteErrorsIsNotMadeAgainWhereItDidAPart(String command) {
        seedTwo();
        String script = "db.b.insertOne({ _id: 1 });\nconst answer = " + command
                + "\nif (answer.writeErrors) throw new Error('refused');\n";
        assertThat(failure(script)).hasMessageContaining("refused");
        List<Document> after = all("a");

        assertThat(failure(script))
                .hasMessageContaining("001_script.js stopped at statement 2")
                .hasMessageContaining("The server refused a part of it, and may have done another part.");
        assertThat(all("a")).isEqualTo(after);

        migrator(files(script)).repair();
        assertThat(failure(script)).hasMessageContaining("001_script.js stopped: here it uses what ");
        migrate(script.substring(0, script.indexOf("\nif")));
        assertThat(all("a")).isEqualTo(after);
    }

    @Test
    void aCommandThatAnswersWithWriteErrorsMayBeChangedWhereItDidNothing() {
        seedTwo();
        String script = "const answer = db.runCommand({ insert: 'a', documents: [{ _id: 2 }, { _id: 3 }] });\n"
                + "if (answer.writeErrors) throw new Error('refused');\n";
        assertThat(failure(script)).hasMessageContaining("refused");

        migrate(script.replace("_id: 2", "_id: 4"));

        assertThat(count("a")).isEqualTo(4);
    }

    @Test
    void aScriptMayPassOverWriteErrorsAsInMongoshAndTheLogSaysSo() {
        seedTwo();
        try (LogCapture log = LogCapture.of(StatementJournal.class)) {
            migrate("db.runCommand({ insert: 'a', documents: [{ _id: 2 }] });\ndb.b.insertOne({ _id: 1 });\n");

            assertThat(log.lines())
                    .contains(
                            "001_script.js, line 1: the answer of insert has write errors; as in mongosh, the script goes on");
        }
        assertThat(count("b")).isEqualTo(1);
    }

    @Test
    void aBulkWriteWhoseLastPartTheServerRefusesAsAWholeIsNotMadeAgain() {
        seedTwo();
        String script = "db.a.bulkWrite([{ updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } },"
                + " { insertOne: { document: { _id: 3 } } },"
                + " { updateOne: { filter: { $expr: { $eq: ['$n', 9] } }, update: { $set: { n: 1 } }, upsert: true } }]);\n";
        assertThat(failure(script)).hasMessageContaining("$expr is not allowed");
        List<Document> after = all("a");

        assertThat(failure(script))
                .hasMessageContaining("The server refused a part of it, and may have done another part.");

        assertThat(all("a")).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.a.insertMany([{ n: 2 }, { _id: 'free' }, { n: 3 }]);",
                "db.a.insertMany([{ n: 0 }, { n: 1 }, { n: 2 }, { _id: 'free' }, { n: 3 }]);",
                "db.a.insertMany([{ n: 1 }, { n: 4 }, { _id: 'free' }, { n: 3 }]);",
                "db.a.insertMany([{ n: 1 }]);",
                "db.a.insertMany([{ n: 1 }, { n: 2 }, { _id: 'free' }, { n: 3 }], { ordered: false });",
                "db.c.insertMany([{ n: 1 }, { n: 2 }, { _id: 'free' }, { n: 3 }]);"
            })
    void whatWasInsertedOfManyMustStayInTheListAsItWas(String changed) {
        mongo.database().getCollection("a").insertOne(new Document("_id", "taken"));
        assertThat(failure("db.a.insertMany([{ n: 1 }, { n: 2 }, { _id: 'taken' }, { n: 3 }]);"))
                .hasMessageContaining("E11000");

        assertThat(failure(changed))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageContaining("001_script.js:1:")
                .hasMessageContaining(
                        "an earlier run did a part of this statement before the server refused the rest, and it"
                                + " was changed since. Its documents up to the one that was refused are in "
                                + mongo.databaseName() + ".a, or may be.")
                .hasMessageContaining("Put it back as it was. What the server refused may be changed");
        assertThat(failure(changed)).isInstanceOf(InvalidMigration.class);

        assertThat(count("a")).isEqualTo(3);
        assertThat(count("c")).isZero();
        migrate("db.a.insertMany([{ n: 1 }, { n: 2 }, { _id: 'free' }]);");
        assertThat(count("a")).isEqualTo(4);
    }

    @Test
    void whatWasInsertedOfManyCannotBecomeSomethingElse() {
        mongo.database().getCollection("a").insertOne(new Document("_id", "taken"));
        assertThat(failure("db.a.insertMany([{ n: 1 }, { _id: 'taken' }]);")).hasMessageContaining("E11000");

        assertThat(failure("db.a.updateOne({ _id: 'taken' }, { $set: { n: 1 } });"))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageContaining("It was insertMany " + mongo.databaseName() + ".a in line 1.");
    }

    @Test
    void nothingCanComeBeforeAStatementThatWasDoneInPart() {
        seedTwo();
        String script = "db.a.updateMany({}, { $inc: { n: 1 } });\n";
        assertThat(failure(script)).hasMessageContaining("001_script.js:1:");

        assertThat(failure("db.a.updateMany({ _id: 2 }, { $set: { n: 1 } });\n" + script))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageContaining(
                        "an earlier run did a part of this statement before the server refused the rest, and it"
                                + " was changed since. It was updateMany " + mongo.databaseName() + ".a in line 1.")
                .hasMessageContaining(
                        "Put it back as it was, and nothing before it: then the run says what to look at.");

        assertThat(failure(script)).hasMessageContaining("Then run 'repair'");
        migrator(files(script)).repair();
        migrate(script);
        assertThat(all("a").get(0)).containsEntry("n", 2);
    }

    private void seedTwo() {
        mongo.database().getCollection("a").insertOne(new Document("_id", 1).append("n", 1));
        mongo.database().getCollection("a").insertOne(new Document("_id", 2).append("n", "text"));
    }

    private List<Document> all(String collection) {
        return mongo.database().getCollection(collection).find().into(new ArrayList<>());
    }
}
