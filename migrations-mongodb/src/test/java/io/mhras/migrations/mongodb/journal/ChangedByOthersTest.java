package io.mhras.migrations.mongodb.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.Target;
import io.mhras.migrations.testing.mongodb.MongoProxy.Moment;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What other clients have changed since a statement was cut off is kept. */
class ChangedByOthersTest extends CutOffTest {

    @Test
    void aListWithTheValueInItIsNotTheValue() throws Exception {
        mongo.database().getCollection("a").insertOne(Document.parse("{_id: 1, role: ['admin']}"));
        String script = "db.a.updateOne({ _id: 1 }, { $set: { role: 'admin' } });\n";
        cutOff(script, Moment.BEFORE_IT_ARRIVES, "update", "a");

        again(script).migrate(Target.HEAD);

        assertThat(mongo.database().getCollection("a").find().first()).containsEntry("role", "admin");
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

    private static final String SET = "db.kept.updateMany({}, { $set: { state: 'new' } });\n";

    private void others(String filter, String update) {
        mongo.database().getCollection("kept").updateMany(Document.parse(filter), Document.parse(update));
    }

    private long states(String state) {
        return mongo.database().getCollection("kept").countDocuments(new Document("state", state));
    }

    @ParameterizedTest
    @EnumSource
    void anUpdateOfManyIsForTheUserToDecide(Moment moment) throws Exception {
        seed();
        cutOff(SET, moment, "update", "kept");
        others("{}", "{$set: {state: 'active'}}");

        assertThat(failure(again(SET)))
                .hasMessageContaining("A second time would change the documents again.")
                .hasMessageContaining("Then run 'repair'");

        assertThat(states("active")).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ $set: { state: 'new', 'sub.n': 1 } } | true",
                "{ $set: { 'sub.m': 1 } }               | true",
                "{ $unset: { old: '' } }                | true",
                "{ $set: { 'list.0': 1 } }              | false",
                "{ $unset: { 'sub.n': '' } }            | false",
                "{ $set: { n: 1 }, $inc: { m: 1 } }     | false",
                "[{ $set: { n: 1 } }]                   | false"
            })
    void anUpdateByIdIsDoneIfTheDocumentShowsIt(String update, boolean isSeen) throws Exception {
        mongo.database()
                .getCollection("a")
                .insertOne(Document.parse("{_id: 1, n: 0, m: 0, old: 1, sub: {n: 0, m: 0}, list: [0]}"));
        String script = "db.a.updateOne({ _id: 1 }, " + update + ");\n";
        cutOff(script, Moment.BEFORE_THE_ANSWER, "update", "a");

        MigrationException failure = failure(again(script));

        if (isSeen) {
            assertThat(failure).isNull();
        } else {
            assertThat(failure)
                    .hasMessageContaining("The document 1 is no longer what it was, and not what it was to become.");
        }
    }

    @Test
    void theServersOwnErrorOfAFilterIsWhatTheUserReads() {
        seed();
        assertThat(failure("db.kept.updateMany({ _id: { $nosuch: 1 } }, { $set: { n: 1 } });"))
                .hasMessageContaining("001_script.js:1:")
                .hasMessageContaining("unknown operator: $nosuch");
    }
}
