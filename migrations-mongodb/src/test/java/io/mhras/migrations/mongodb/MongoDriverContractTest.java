package io.mhras.migrations.mongodb;

import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.contract.MigrationDriverContract;
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
    public MigrationDriver driver() {
        return new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT);
    }

    @Override
    public String extension() {
        return ".js";
    }

    @Override
    public String create(String name) {
        return "// migrate:transaction file\ndb.createCollection('" + name + "');\n";
    }

    @Override
    public String drop(String name) {
        return "db." + name + ".drop();\n";
    }

    @Override
    public String broken() {
        return "db.one.insertOne({ _id: 1 });\ndb.one.insertOne({ _id: 1 });\n";
    }

    @Override
    public String reformatted(String script) {
        return "// New comment\n" + script.replace("(", "(\n  ");
    }

    @Override
    public boolean exists(String name) {
        return mongo.database().listCollectionNames().into(new ArrayList<>()).contains(name);
    }
}
