package io.mhras.migrations.mongodb.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.testing.mongodb.MongoProxy.Moment;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scripts whose process is gone in the middle of a statement, seen from the server; and what the next start makes of it. */
class CutOffScriptsTest extends CutOffTest {

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
        String script = "db.kept.insertOne({ _id: 10 });\n\n"
                + "db.kept.updateMany({}, { $inc: { n: 1 } });\n"
                + "db.kept.deleteOne({ _id: 6 });\n";
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
}
