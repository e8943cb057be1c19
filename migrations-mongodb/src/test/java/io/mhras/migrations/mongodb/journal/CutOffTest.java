package io.mhras.migrations.mongodb.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.mongodb.MongoProxy;
import io.mhras.migrations.testing.mongodb.MongoProxy.Moment;
import org.bson.Document;

/** Runs scripts whose way to the server ends in the middle of a statement, as it does for a process that is killed. */
public abstract class CutOffTest extends MongoTest {

    /** Runs a script until its way to the server ends at the message that begins a command on this collection. */
    protected void cutOff(String script, Moment moment, String command, String collection) throws Exception {
        try (MongoProxy proxy = MongoProxy.to(mongo.url());
                MongoClient client = MongoClients.create(proxy.url())) {
            awaitConnection(client);
            proxy.endAt(moment, message -> isOf(message, command, collection));
            assertThat(failure(migrator(client, MongoSettings.DEFAULT, files(script))))
                    .isInstanceOf(MigrationException.DatabaseUnavailable.class);
            assertThat(proxy.isCut()).isTrue();
        }
        letTheLeaseRunOut();
    }

    /** The way's own limit for that is short, and a busy machine takes longer. */
    public static void awaitConnection(MongoClient client) {
        for (int attempt = 1; ; attempt++) {
            try {
                client.getDatabase("admin").runCommand(new Document("ping", 1));
                return;
            } catch (MongoTimeoutException e) {
                if (attempt == 100) {
                    throw e;
                }
            }
        }
    }

    /** A command is the first field of a message's document: a string of type 2, its name, its length, its value. */
    protected static boolean isOf(String message, String command, String collection) {
        return message.matches("(?s).*\\x02" + command + "\\x00....\\Q" + collection + "\\E\\x00.*");
    }

    protected static Files files(String script) {
        return new Files().with("001_script.js", script);
    }

    protected Migrator again(String script) {
        return migrator(files(script));
    }

    protected void seed() {
        mongo.database().getCollection("old").insertOne(new Document("_id", 1));
        for (int i = 1; i <= 6; i++) {
            mongo.database().getCollection("kept").insertOne(new Document("_id", i));
        }
        mongo.database().getCollection("kept").createIndex(new Document("m", 1));
    }
}
