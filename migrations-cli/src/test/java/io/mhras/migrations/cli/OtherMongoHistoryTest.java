package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.cli.terminal.ExitCode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A MongoDB database that another tool has migrated, and whose history here is empty: nothing runs a second time. */
class OtherMongoHistoryTest extends MongoCommandTest {

    private static final String CONFLICT =
            "Another tool has migrated this database, and the history of these files is empty: ";

    @BeforeEach
    void files() throws IOException {
        writeTwoScripts();
    }

    private void insert(String collection, Document... documents) {
        mongo.database().getCollection(collection).insertMany(List.of(documents));
    }

    private static Document mongock(String id) {
        return new Document("executionId", "e")
                .append("changeId", id)
                .append("author", "ann")
                .append("timestamp", Instant.EPOCH)
                .append("state", "EXECUTED")
                .append("type", "EXECUTION")
                .append("changeLogClass", "org.clinic.Change")
                .append("systemChange", false);
    }

    @Test
    void eachVerbSaysTheSameAndChangesNothing() {
        insert("mongockChangeLog", mongock("001-patients"), mongock("002-visits"));

        for (String verb : List.of(
                "apply",
                "apply --dry-run",
                "validate",
                "status",
                "check",
                "report",
                "current",
                "history",
                "history --events",
                "repair",
                "rollback base",
                "clean --force " + mongo.databaseName())) {
            CommandRun run = run(verb.split(" "));
            assertThat(run.code()).as(run.toString()).isEqualTo(ExitCode.FAILED.code());
            assertThat(run.err())
                    .as(verb)
                    .contains(CONFLICT
                            + "the collection mongockChangeLog of mongock has 2 migrations. What it ran would run"
                            + " again.")
                    .contains("What to do: Take over what it has applied: 'migrations adopt'.");
        }
        assertThat(mongo.database().listCollectionNames()).containsExactly("mongockChangeLog");

        done("adopt");
        assertThat(done("apply").out()).startsWith("mongodb: nothing to do");
        assertThat(collections()).containsExactly("mongockChangeLog");
    }

    @Test
    void whatIsNoneOfOursIsLeftAlone() {
        insert("mongockChangeLog", mongock("other"));

        CommandRun run = done("apply", "--adopt", "none");

        assertThat(run.out()).contains("2 done");
        assertThat(run.err())
                .contains(
                        "the collection mongockChangeLog of mongock has 1 migration, and the history of these files was"
                                + " empty: ");
        assertThat(done("apply").err()).doesNotContain("mongock");
    }

    static Stream<Arguments> collectionsOfTools() {
        return Stream.of(
                // migrate-mongo, lib/actions/up.js
                Arguments.of(
                        "changelog",
                        new Document("fileName", "20220101000000-a.js")
                                .append("appliedAt", Instant.EPOCH)
                                .append("fileHash", "x")
                                .append("migrationBlock", 1L),
                        "the collection changelog of migrate-mongo has 1 migration."),
                // Mongobee
                Arguments.of(
                        "dbchangelog",
                        new Document("changeId", "1").append("author", "ann").append("timestamp", Instant.EPOCH),
                        "the collection dbchangelog of mongock has 1 migration."),
                // golang-migrate, database/mongodb/mongodb.go
                Arguments.of(
                        "schema_migrations",
                        new Document("version", 7L).append("dirty", false),
                        "the collection schema_migrations of golang-migrate is at 7."),
                Arguments.of(
                        "flyway_schema_history",
                        new Document("installed_rank", 1)
                                .append("version", "1")
                                .append("description", "a")
                                .append("type", "SCRIPT")
                                .append("script", "V1__a.js")
                                .append("success", true),
                        "the collection flyway_schema_history of flyway has 1 migration."),
                Arguments.of(
                        "DATABASECHANGELOG",
                        new Document("id", "1")
                                .append("fileName", "db/changelog.xml")
                                .append("author", "ann")
                                .append("execType", "EXECUTED")
                                .append("orderExecuted", 1),
                        "the collection DATABASECHANGELOG of liquibase has 1 migration."),
                Arguments.of(
                        "migrations",
                        new Document("version", "001").append("applied_at", Instant.EPOCH),
                        "the collection migrations of another tool has 1 migration."));
    }

    @ParameterizedTest
    @MethodSource("collectionsOfTools")
    void theCollectionOfEachToolIsRecognised(String collection, Document document, String said) {
        insert(collection, new Document(document));

        assertThat(run("apply").err()).contains(CONFLICT + said);
        assertThat(mongo.database().listCollectionNames()).containsExactly(collection);
    }

    @Test
    void collectionsWithSuchNamesAndOtherFieldsAreNoHistories() {
        insert("changelog", new Document("version", "1.0").append("title", "The first release"));
        insert("migrations", new Document("species", "goose").append("seenAt", Instant.EPOCH));
        mongo.database().createCollection("mongockChangeLog");

        assertThat(done("apply").out()).contains("2 done");
    }
}
