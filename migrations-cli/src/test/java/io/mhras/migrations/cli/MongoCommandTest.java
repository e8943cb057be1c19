package io.mhras.migrations.cli;

import io.mhras.migrations.testing.TestMongo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;

/** A test with an empty MongoDB beside the database of PostgreSQL; the command line is given MongoDB alone. */
abstract class MongoCommandTest extends CommandTest {

    final TestMongo mongo = TestMongo.newDatabase();

    @AfterEach
    void stopMongo() {
        mongo.close();
    }

    @Override
    Map<String, String> environment() {
        return Map.of(
                "MONGODB_URL", mongo.url(),
                "MONGODB_DB", mongo.databaseName(),
                "MIGRATION_PATH", folder.toString());
    }

    /** With PostgreSQL, too. */
    Map<String, String> both() {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("DATABASE_URL", database.url());
        return environment;
    }

    CommandRun runBoth(String... arguments) {
        return CommandRun.of(both(), arguments);
    }

    CommandRun doneBoth(String... arguments) {
        CommandRun run = runBoth(arguments);
        if (run.code() != 0) {
            throw new AssertionError(List.of(arguments) + " ended with " + run);
        }
        return run;
    }

    /** Two migrations, each with its way back. */
    void writeTwoScripts() throws IOException {
        write("001_patients.js", "db.createCollection('patients');\ndb.patients.createIndex({ name: 1 });\n");
        write("001_patients.down.js", "db.patients.drop();\n");
        write("002_visits.js", "db.visits.insertOne({ _id: 1 });\n");
        write("002_visits.down.js", "db.visits.drop();\n");
    }

    /** The names of the collections but those of the history. */
    List<String> collections() {
        List<String> names = mongo.database().listCollectionNames().into(new ArrayList<>());
        names.removeIf(name -> name.startsWith("migration_history"));
        return List.copyOf(new TreeSet<>(names));
    }
}
