package io.mhras.migrations.mongodb.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.history.JournalProgress;
import io.mhras.migrations.mongodb.history.StatementState;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.mongodb.MongoProxy.Moment;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in the journal of a script, and when it is deleted. */
class JournalKeepingTest extends CutOffTest {

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

    @Test
    void aCollectionThatAScriptOnlyLooksForIsNotItsOwn() {
        migrate("db.theirs.drop();\ndb.theirs.deleteMany({});\ndb.ours.insertOne({ _id: 1 });\n");
        mongo.database().getCollection("theirs").insertOne(new Document("_id", 1));

        assertThat(new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT).cleanable())
                .contains("collection " + mongo.databaseName() + ".ours")
                .doesNotContain("collection " + mongo.databaseName() + ".theirs");
    }

    private JournalEntry asking() {
        ShellCall call = new ShellCall("updateMany", "shop.orders", new BsonDocument(), 1, 1);
        return JournalEntry.of(1, call).with(StatementState.ASKS);
    }

    @Test
    void whoLostTheLockTakesNothingAsDone() {
        JournalStore journal = new JournalStore(collections(), 1);
        journal.save(List.of(asking()), "001_script.js", 2);

        journal.takeAsDone(1);
        assertThat(new JournalProgress(collections(), 1).asksForRepair()).isTrue();

        journal.takeAsDone(2);
        assertThat(new JournalProgress(collections(), 1).asksForRepair()).isFalse();
    }

    @Test
    void whoLostTheLockDeletesNothingOfItsNextHolder() {
        JournalStore next = new JournalStore(collections(), 2);
        next.save(List.of(asking()), "001_script.js", 2);

        JournalStore.keepOnly(collections(), List::of, 1);
        assertThat(next.load()).hasSize(1);

        JournalStore.keepOnly(collections(), List::of, 2);
        assertThat(next.load()).isEmpty();
    }

    @Test
    void aRepairWhoseLockWasLostRepairsNothing() throws Exception {
        String script = "db.a.updateMany({}, { $inc: { n: 1 } });\n";
        cutOff(script, Moment.BEFORE_IT_ARRIVES, "update", "a");
        assertThat(failure(again(script))).hasMessageContaining("Then run 'repair'");
        mongo.database()
                .getCollection("migration_history_steps")
                .updateOne(new Document("n", 1), Document.parse("{$set: {fence: 99}}"));

        Migrator migrator = again(script);
        assertThatThrownBy(migrator::repair)
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("The migration lock of " + collections().name() + " was lost");

        assertThat(events(migrator)).doesNotContain("REPAIRED 001");
        assertThat(failure(migrator)).hasMessageContaining("The migration lock of");
    }

    /** What it finds there says so with E11000: of the history, or of the journal. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"a | migration_history       | {_id: 2}", "b | migration_history_steps | {_id: '1#2', fence: 99}"})
    void whoFindsThatAnotherHasWrittenToTheHistoryOrTheJournalHasLostTheLock(
            String moment, String collection, String another) {
        Files files = new Files().with("001_script.js", "db.a.insertOne({ _id: 1 });\ndb.b.insertOne({ _id: 1 });\n");
        try (MongoClient client = during(
                "insert",
                moment,
                () -> mongo.database().getCollection(collection).insertOne(Document.parse(another)))) {

            assertThat(failure(migrator(client, MongoSettings.DEFAULT, files)))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining(
                            "The migration lock of " + collections().name()
                                    + " was lost: another process has taken over and written there while this one was busy"
                                    + " or paused.")
                    .hasMessageContaining("'mhras.migrations.mongodb.lease'");
        }
    }
}
