package io.mhras.migrations.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.TestMongo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;

/** A replica set for each test, and short words for what tests do with it. */
public abstract class MongoTest {

    public final TestMongo mongo = TestMongo.newDatabase();

    @AfterEach
    protected void stop() {
        mongo.close();
    }

    protected HistoryCollections collections() {
        return HistoryCollections.of(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT.collection());
    }

    protected Migrator migrator(Files files) {
        return migrator(mongo.client(), MongoSettings.DEFAULT, files);
    }

    protected Migrator migrator(MongoClient client, MongoSettings settings, Files files) {
        return new Migrator(new MongoDriver(client, mongo.databaseName(), settings), files::set);
    }

    protected void migrate(String script) {
        migrator(new Files().with("001_script.js", script)).migrate(Target.HEAD);
    }

    /** The error that this script ends in. */
    protected MigrationException failure(String script) {
        return failure(migrator(new Files().with("001_script.js", script)));
    }

    protected static MigrationException failure(Migrator migrator) {
        return Assertions.catchThrowableOfType(MigrationException.class, () -> migrator.migrate(Target.HEAD));
    }

    protected static List<String> events(Migrator migrator) {
        List<String> events = new ArrayList<>();
        migrator.history().forEach(entry -> events.add(0, entry.event() + " " + entry.version()));
        return events;
    }

    /** As if the holder's time were over. */
    protected void letTheLeaseRunOut() {
        mongo.database()
                .getCollection(MongoSettings.DEFAULT.collection() + "_lock")
                .updateOne(new Document(), new Document("$set", new Document("renewedAt", Instant.EPOCH)));
    }

    /** A client during whose next command of this name on a collection this is done, before the server gets it. */
    protected MongoClient during(String command, String collection, Runnable action) {
        AtomicBoolean isDone = new AtomicBoolean();
        CommandListener listener = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                boolean isMeant = event.getCommandName().equals(command)
                        && new BsonString(collection).equals(event.getCommand().get(command));
                if (isMeant && isDone.compareAndSet(false, true)) {
                    action.run();
                }
            }
        };
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.url()))
                .addCommandListener(listener)
                .build());
    }

    /** The next so many commands of this name end as this says, in the words of the server's fail point. */
    protected void failNext(int times, String command, String how) {
        Document data = Document.parse(how).append("failCommands", List.of(command));
        mongo.client()
                .getDatabase("admin")
                .runCommand(new Document("configureFailPoint", "failCommand")
                        .append("mode", new Document("times", times))
                        .append("data", data));
    }

    protected long count(String collection) {
        return mongo.database().getCollection(collection).countDocuments();
    }
}
