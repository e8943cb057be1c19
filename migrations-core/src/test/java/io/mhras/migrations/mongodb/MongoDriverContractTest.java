package io.mhras.migrations.mongodb;

import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationDriverContract;
import io.mhras.migrations.testing.TestMongo;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;

/** Each script in a transaction: as in PostgreSQL, a script that fails leaves nothing. */
class MongoDriverContractTest extends MigrationDriverContract {

    final TestMongo mongo = TestMongo.newDatabase();

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Override
    protected MigrationDriver driver() {
        return new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT);
    }

    @Override
    protected String extension() {
        return ".js";
    }

    @Override
    protected String create(String name) {
        return "// migrate:transaction file\ndb.createCollection('" + name + "');\n";
    }

    @Override
    protected String drop(String name) {
        return "db." + name + ".drop();\n";
    }

    @Override
    protected String broken() {
        return "db.one.insertOne({ _id: 1 });\ndb.one.insertOne({ _id: 1 });\n";
    }

    @Override
    protected String reformatted(String script) {
        return "// New comment\n" + script.replace("(", "(\n  ");
    }

    @Override
    protected boolean exists(String name) {
        return mongo.database().listCollectionNames().into(new ArrayList<>()).contains(name);
    }
}
