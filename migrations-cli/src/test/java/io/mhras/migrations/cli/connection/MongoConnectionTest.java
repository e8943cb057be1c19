package io.mhras.migrations.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.testing.TestMongo;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is ended on the server by a cancellation. */
class MongoConnectionTest {

    private final TestMongo mongo = TestMongo.newDatabase();
    private final MongoConnection connection = new MongoConnection(
            mongo.client(),
            mongo.databaseName(),
            "migrations 4711",
            MongoSettings.DEFAULT,
            new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT));

    @AfterEach
    void stop() {
        mongo.close();
    }

    private void show(int id, String application, String collection, Document command) {
        mongo.show(new Document("opid", id)
                .append("appName", application)
                .append("active", true)
                .append("ns", "shop." + collection)
                .append("command", command));
    }

    @Test
    void ourStatementsAreEndedAndNothingElse() {
        show(1, "migrations 4711", "orders", new Document("update", "orders"));
        show(2, "the service", "orders", new Document("update", "orders"));
        show(3, "migrations 4711", "migration_history_lock", new Document("findAndModify", "migration_history_lock"));
        show(4, "migrations 4711", "$cmd.aggregate", new Document("aggregate", 1));

        assertThat(connection.cancel()).isNull();

        assertThat(mongo.killed()).containsExactly(1);
    }

    @Test
    void aRightThatIsMissingIsNamed() {
        show(1, "migrations 4711", "orders", new Document("update", "orders"));
        mongo.fail(1, 13, "killOp");

        assertThat(connection.cancel())
                .hasMessageContaining("lacks the privileges inprog and killop on the cluster, which a mongos asks for");

        assertThat(mongo.killed()).isEmpty();
        assertThat(connection.cancel()).isNull();
        assertThat(mongo.killed()).containsExactly(1);
    }
}
