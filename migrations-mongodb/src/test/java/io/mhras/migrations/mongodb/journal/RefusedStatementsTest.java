package io.mhras.migrations.mongodb.journal;

import static org.assertj.core.api.Assertions.assertThat;

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
class RefusedStatementsTest extends CutOffTest {

    @Test
    void whatWasInsertedOfManyBeforeOneWasRefusedIsNotInsertedTwice() {
        mongo.database().getCollection("a").insertOne(new Document("_id", "taken"));
        assertThat(failure("db.a.insertMany([{ n: 1 }, { n: 2 }, { _id: 'taken' }, { n: 3 }]);"))
                .hasMessageContaining("E11000");

        mongo.database().getCollection("a").deleteOne(new Document("_id", "taken"));
        migrate("db.a.insertMany([{ n: 1 }, { n: 2 }, { _id: 'taken' }, { n: 3 }]);");

        assertThat(count("a")).isEqualTo(4);
    }

    @Test
    void whatIsMissingOfACutOffListIsInserted() throws Exception {
        String script = "db.a.insertMany([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(i => ({ _id: i, n: i })));\n";
        cutOff(script, Moment.BEFORE_IT_ARRIVES, "insert", "a");
        for (int i = 0; i < 4; i++) {
            mongo.database().getCollection("a").insertOne(new Document("_id", i).append("n", i));
        }
        mongo.database().getCollection("a").insertOne(new Document("_id", 6).append("n", "theirs"));
        assertThat(failure(again(script))).hasMessageContaining("There is another document with its _id 6.");

        mongo.database().getCollection("a").deleteOne(new Document("_id", 6));
        again(script).migrate(Target.HEAD);

        assertThat(count("a")).isEqualTo(10);
    }

    @Test
    void theReportOfAScriptNamesTheStatementThatMayBeDoneInPart() {
        mongo.database().getCollection("a").insertOne(new Document("_id", "taken"));
        String script = "\ndb.a.insertMany([{ n: 1 }, { _id: 'taken' }]);\n";
        String open = "001_script.js failed; its statement in line 2 may be done, or a part of it.";

        assertThat(failure(script))
                .hasMessageContaining(open)
                .hasMessageContaining(
                        "Leave that statement as it is. Then start again: the script goes on there, or says what to"
                                + " look at. If the server refused it, you may also do the rest of it by hand: 'repair' takes"
                                + " it as done.");
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
        try (LogCapture log = LogCapture.of(JournaledStatements.class)) {
            migrate("db.runCommand({ insert: 'a', documents: [{ _id: 2 }] });\ndb.b.insertOne({ _id: 1 });\n");

            assertThat(log.lines())
                    .contains("001_script.js, line 1: the answer of insert has write errors; as in mongosh, the script"
                            + " goes on");
        }
        assertThat(count("b")).isEqualTo(1);
    }

    @Test
    void aBulkWriteWhoseLastPartTheServerRefusesAsAWholeIsNotMadeAgain() {
        seedTwo();
        String script = "db.a.bulkWrite([{ updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } }, {"
                + " insertOne: { document: { _id: 3 } } }, { updateOne: { filter: { $expr: { $eq: ['$n', 9] } }, update: {"
                + " $set: { n: 1 } }, upsert: true } }]);\n";
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
                "db.a.insertMany([{ n: 1 }, { n: 2 }, { _id: 'free' }, { n: 3 }]);",
                "db.a.insertMany([{ n: 1 }]);",
                "db.a.insertMany([{ n: 1 }, { n: 2 }, { _id: 'taken' }, { n: 3 }], { ordered: false });",
                "db.c.insertMany([{ n: 1 }, { n: 2 }, { _id: 'taken' }, { n: 3 }]);",
                "db.a.updateOne({ _id: 'taken' }, { $set: { n: 1 } });"
            })
    void whatTheServerRefusedInPartMustStayAsItWas(String changed) {
        mongo.database().getCollection("a").insertOne(new Document("_id", "taken"));
        String script = "db.a.insertMany([{ n: 1 }, { n: 2 }, { _id: 'taken' }, { n: 3 }]);";
        assertThat(failure(script)).hasMessageContaining("E11000");

        for (int asked = 0; asked < 2; asked++) {
            assertThat(failure(changed))
                    .isInstanceOf(InvalidMigration.class)
                    .hasMessageContaining("001_script.js:1:")
                    .hasMessageContaining(
                            "this statement may have run already, in an earlier run that stopped after statement 0,"
                                    + " and was changed since.")
                    .hasMessageContaining("Put it back as it was.");
        }

        assertThat(count("a")).isEqualTo(3);
        assertThat(count("c")).isZero();
        migrator(files(script)).repair();
        migrate(script + "\ndb.a.insertMany([{ _id: 'free' }, { n: 3 }]);");
        assertThat(count("a")).isEqualTo(5);
    }

    @Test
    void nothingCanComeBeforeAStatementThatWasDoneInPart() {
        seedTwo();
        String script = "db.a.updateMany({}, { $inc: { n: 1 } });\n";
        assertThat(failure(script)).hasMessageContaining("001_script.js:1:");

        assertThat(failure("db.a.updateMany({ _id: 2 }, { $set: { n: 1 } });\n" + script))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageContaining(
                        "this statement may have run already, in an earlier run that stopped after statement 0, and was"
                                + " changed since.")
                .hasMessageContaining("Put it back as it was.");

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
