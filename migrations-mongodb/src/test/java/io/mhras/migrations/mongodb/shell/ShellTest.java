package io.mhras.migrations.mongodb.shell;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.mongodb.MongoSettings.Limits;
import io.mhras.migrations.mongodb.server.ShellCommands;
import io.mhras.migrations.testing.TestMongo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;

/** A server, a shell, and short words for what tests do with them. */
abstract class ShellTest {

    static final String NAME = "001_test.js";
    private static final TestMongo mongo = TestMongo.newDatabase();
    private static final OwnCollections NONE = new OwnCollections(mongo.databaseName(), List.of());
    private static final MongoShell shell = MongoShell.start(NONE, Limits.DEFAULT);

    final MongoDatabase database = mongo.database();
    final List<String> printed = new ArrayList<>();
    final List<ShellCall> calls = new ArrayList<>();

    @AfterEach
    void drop() {
        database.drop();
    }

    static TestMongo mongo() {
        return mongo;
    }

    static MongoShell shell() {
        return shell;
    }

    static MigrationScript script(String text) {
        return MigrationScript.ofText(NAME, "db/migration/" + NAME, text);
    }

    void run(String text) {
        run(shell, script(text), new Replay(4711, Instant.now()));
    }

    void run(MongoShell shell, MigrationScript script, Replay replay) {
        try (ClientSession session = mongo.client().startSession();
                ShellCommands commands = new ShellCommands(mongo.client(), session, NONE)) {
            shell.run(script, call -> answer(commands, call), replay, output -> printed.add(output.text()));
        }
    }

    private BsonValue answer(ShellHost server, ShellCall call) {
        calls.add(call);
        return server.answer(call);
    }

    ScriptFailure failure(String text) {
        return Assertions.catchThrowableOfType(ScriptFailure.class, () -> run(text));
    }

    MongoCollection<BsonDocument> collection(String name) {
        return database.getCollection(name, BsonDocument.class);
    }

    /** The only document of a collection. */
    BsonDocument only(String name) {
        List<BsonDocument> all = collection(name).find().into(new ArrayList<>());
        Assertions.assertThat(all).hasSize(1);
        return all.get(0);
    }
}
