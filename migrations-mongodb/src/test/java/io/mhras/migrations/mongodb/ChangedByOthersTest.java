package io.mhras.migrations.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.Target;
import io.mhras.migrations.testing.mongodb.MongoProxy.Moment;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other clients have changed since a statement was cut off, they keep. */
class ChangedByOthersTest extends CutOffTest {

    @Test
    void aListWithTheValueInItIsNotTheValue() throws Exception {
        mongo.database().getCollection("a").insertOne(Document.parse("{_id: 1, role: ['admin']}"));
        String script = "db.a.updateMany({ role: ['admin'] }, { $set: { role: 'admin' } });\n";
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
    @ValueSource(strings = {"{}", "{ state: { $ne: 'new' } }", "{ state: { $exists: false } }", "{ state: null }"})
    void anUpdateOfManyThatOthersHaveOverwrittenIsNotMadeAgain(String filter) throws Exception {
        seed();
        String script = SET.replace("{}", filter);
        cutOff(script, Moment.BEFORE_THE_ANSWER, "update", "kept");
        others("{}", "{$set: {state: 'active'}}");

        assertThat(failure(again(script)))
                .hasMessageContaining(
                        "Of the first 6 documents 0 are as they were, 0 have what it sets, and 6 were changed by others since.");

        assertThat(states("active")).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{ state: { $ne: 'new' } }"})
    void anUpdateOfManyIsDoneWhereSomeOfTheDocumentsStillShowIt(String filter) throws Exception {
        seed();
        String script = SET.replace("{}", filter);
        cutOff(script, Moment.BEFORE_THE_ANSWER, "update", "kept");
        others("{_id: {$lt: 4}}", "{$set: {state: 'active'}}");

        again(script).migrate(Target.HEAD);

        assertThat(states("active")).isEqualTo(3);
        assertThat(states("new")).isEqualTo(3);
    }

    @Test
    void anUpdateOfManyThatWasNotBegunIsMadeThoughOthersHaveChangedSomeOfTheDocuments() throws Exception {
        seed();
        cutOff(SET, Moment.BEFORE_IT_ARRIVES, "update", "kept");
        others("{_id: 3}", "{$set: {state: 'active'}}");

        again(SET).migrate(Target.HEAD);

        assertThat(states("new")).isEqualTo(6);
    }

    @Test
    void anUpdateOfManyThatMayHaveBeenBegunIsForTheUserToDecide() throws Exception {
        seed();
        cutOff(SET, Moment.BEFORE_IT_ARRIVES, "update", "kept");
        others("{_id: 1}", "{$set: {state: 'active'}}");

        assertThat(failure(again(SET)))
                .hasMessageContaining(
                        "Of the first 6 documents 5 are as they were, 0 have what it sets, and 1 were changed by others since.");

        assertThat(states("new")).isZero();
    }

    @Test
    void anUpdateOfMoreThanCanBeRememberedAsksWhereADocumentDoesNotShowIt() throws Exception {
        List<Document> many = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            many.add(new Document("_id", i));
        }
        mongo.database().getCollection("kept").insertMany(many);
        cutOff(SET, Moment.BEFORE_THE_ANSWER, "update", "kept");
        mongo.database().getCollection("kept").insertOne(new Document("_id", "theirs"));

        assertThat(failure(again(SET)))
                .hasMessageContaining("It was begun; but 1 documents that it is about do not have what it sets.");

        mongo.database().getCollection("kept").deleteOne(new Document("_id", "theirs"));
        others("{_id: 7}", "{$set: {state: 'new', seen: true}}");
        again(SET).migrate(Target.HEAD);
        assertThat(states("new")).isEqualTo(250);
    }

    @ParameterizedTest
    @EnumSource
    void anUpdateOfManyThatFindsNothingToChangeIsDone(Moment moment) throws Exception {
        seed();
        others("{}", "{$set: {state: 'new'}}");
        cutOff(SET, moment, "update", "kept");
        others("{_id: 1}", "{$set: {state: 'active'}}");

        again(SET).migrate(Target.HEAD);

        assertThat(states("active")).isEqualTo(1);
    }

    @Test
    void theServersOwnErrorOfAFilterIsWhatTheUserReads() {
        seed();
        assertThat(failure("db.kept.updateMany({ _id: { $nosuch: 1 } }, { $set: { n: 1 } });"))
                .hasMessageContaining("001_script.js:1:")
                .hasMessageContaining("unknown operator: $nosuch");
    }
}
