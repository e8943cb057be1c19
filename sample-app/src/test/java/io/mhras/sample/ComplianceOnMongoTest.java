package io.mhras.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.Target;
import io.mhras.migrations.testing.TestMongo;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import io.mhras.migrations.testing.mongodb.DatabaseText;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The MongoDB side of the compliance system, beside its PostgreSQL side in one service. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
final class ComplianceOnMongoTest {

    private static final List<String> COLLECTIONS = List.of(
            "regulatory_documents",
            "regulatory_requirements",
            "compliance_rules",
            "document_parsing_results",
            "audit_events",
            "report_templates",
            "workflow_definitions",
            "system_metrics",
            "performance_logs");

    private static TestDatabase database;
    private static TestMongo mongo;
    private static RunningSample sample;

    @BeforeAll
    static void start() {
        database = TestServer.newDatabase();
        mongo = TestMongo.newDatabase();
        sample = RunningSample.start(SampleSystem.COMPLIANCE, database, "--spring.mongodb.uri=" + mongo.databaseUrl());
    }

    @AfterAll
    static void stop() {
        sample.close();
        mongo.close();
        database.close();
    }

    private static List<String> collections() {
        return mongo.database().listCollectionNames().into(new ArrayList<>());
    }

    @Test
    void allNineCollectionsAreThere() {
        assertThat(collections()).containsAll(COLLECTIONS);
        for (Document collection : mongo.database().listCollections()) {
            String name = collection.getString("name");
            Document options = collection.get("options", new Document());
            if (List.of("system_metrics", "performance_logs").contains(name)) {
                assertThat(options.getBoolean("capped")).as(name).isTrue();
            } else if (COLLECTIONS.contains(name)) {
                assertThat(options.get("validator", Document.class)).as(name).containsKey("$jsonSchema");
            }
        }
    }

    @Test
    void aDocumentThatIsNoneIsRefused() {
        MongoCollection<Document> events = mongo.database().getCollection("audit_events");

        assertThatThrownBy(() -> events.insertOne(new Document("event_type", "update")))
                .isInstanceOf(MongoWriteException.class)
                .hasMessageContaining("Document failed validation");
    }

    @Test
    void theEndpointShowsBothDatabases() {
        var body = sample.get("/actuator/migrations").expectStatus().isOk().expectBody();

        body.jsonPath("$.databases.postgresql.state").isEqualTo("UP_TO_DATE");
        body.jsonPath("$.databases.mongodb.state").isEqualTo("UP_TO_DATE");
        body.jsonPath("$.databases.mongodb.current").isEqualTo(List.of("002"));
        body.jsonPath("$.databases.mongodb.migrations[*].script")
                .isEqualTo(List.of("001_initial_collections.js", "002_default_workflow.js"));
        sample.get("/actuator/migrations/mongodb")
                .expectBody()
                .jsonPath("$.history[-1].application")
                .isEqualTo("compliance");
        sample.get("/actuator/health/readiness")
                .expectBody()
                .jsonPath("$.components.migrations.details.mongodb.state")
                .isEqualTo("UP_TO_DATE");
    }

    @Test
    void aRollbackToBaseLeavesNothingButTheHistoryAndUpAgainMakesEverythingAsItWas() {
        String before = withoutHistory();

        assertThat(sample.mongoMigrator().rollback(Target.BASE).events())
                .extracting(HistoryEntry::script)
                .containsExactly("002_default_workflow.down.js", "001_initial_collections.down.js");

        assertThat(collections()).doesNotContainAnyElementsOf(COLLECTIONS).contains("migration_history");

        sample.mongoMigrator().migrate(Target.HEAD);

        assertThat(withoutHistory()).isEqualTo(before);
    }

    private static String withoutHistory() {
        return DatabaseText.of(mongo.database())
                .replaceAll("(?m)^collection migration_history.*\\R(?:(?!collection ).*\\R)*", "");
    }

    @Test
    void withoutAServerADoubleIsStartedAndSaysThatItIsOne(CapturedOutput output) {
        try (TestDatabase another = TestServer.newDatabase()) {
            RunningSample.start(SampleSystem.COMPLIANCE, another).close();
        }
        assertThat(output)
                .contains("No MongoDB is configured (SPRING_MONGODB_URI)")
                .contains("good for trying out, but no MongoDB");
    }
}
