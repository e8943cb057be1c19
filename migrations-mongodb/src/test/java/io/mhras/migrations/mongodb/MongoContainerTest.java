package io.mhras.migrations.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mongodb.MongoDBContainer;

/** The oldest and the newest server that we support, as they come in containers. */
class MongoContainerTest {

    @ParameterizedTest
    @ValueSource(strings = {"mongo:6.0", "mongo:8.0"})
    void migratesAndRollsBack(String image) {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "Skipped: there is no Docker here");
        Files files = new Files()
                .with("001_a.js", "db.createCollection('a');\ndb.a.createIndex({ n: 1 });\n")
                .with("001_a.down.js", "db.a.drop();")
                .with("002_b.js", "// migrate:transaction file\ndb.a.insertOne({ n: 1 });\n")
                .with("002_b.down.js", "db.a.deleteMany({});")
                .with("002_b.verify.js", "db.a.countDocuments() === 1");
        try (MongoDBContainer server = new MongoDBContainer(image).withReplicaSet()) {
            server.start();
            try (MongoClient client = MongoClients.create(server.getConnectionString() + "/?directConnection=true")) {
                Migrator migrator = new Migrator(new MongoDriver(client, "clinic", MongoSettings.DEFAULT), files::set);

                migrator.migrate(Target.HEAD);
                assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
                migrator.rollback(Target.BASE);

                assertThat(MongoTest.events(migrator)).contains("APPLIED 002", "ROLLED_BACK 002", "ROLLED_BACK 001");
            }
        }
    }
}
