package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.cli.terminal.ExitCode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Collections as other tools write them; their fields are those of the tools' sources. */
class AdoptFromMongoTest extends MongoCommandTest {

    @BeforeEach
    void files() throws IOException {
        writeTwoScripts();
    }

    private void insert(String collection, Document... documents) {
        mongo.database().getCollection(collection).insertMany(List.of(documents));
    }

    private List<String> adopted() {
        return mongo.database()
                .getCollection("migration_history")
                .find(new Document("event", "ADOPTED"))
                .sort(new Document("_id", 1))
                .map(document -> document.getString("version"))
                .into(new ArrayList<>());
    }

    private CommandRun refused(String... arguments) {
        CommandRun run = run(arguments);
        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.err()).contains("Nothing was adopted: ", "What to do: ");
        assertThat(adopted()).isEmpty();
        return run;
    }

    @Test
    void aListOfVersionsIsRead() {
        insert("migrations", new Document("version", "001").append("applied_at", Instant.EPOCH));

        assertThat(done("adopt", "--dry-run").out()).contains("001_patients.js  001");
        assertThat(mongo.database().listCollectionNames()).containsExactly("migrations");
        assertThat(done("adopt").out()).isEqualTo("mongodb: 1 marked as applied, from list\n");

        assertThat(adopted()).containsExactly("001");
        assertThat(done("apply").err()).contains("applied 002 visits").doesNotContain("patients");
    }

    // Flyway, MongoDBDatabase.appendSchemaHistoryItem
    private static Document flyway(int rank, String version, boolean success) {
        return new Document("installed_rank", rank)
                .append("version", version)
                .append("description", "x")
                .append("type", "SCRIPT")
                .append("script", "V" + version + "__x.js")
                .append("success", success);
    }

    @Test
    void whatFlywayHasAppliedIsMarked() {
        insert("flyway_schema_history", flyway(2, "2", true), flyway(1, "1", true));

        assertThat(done("adopt").out()).contains("2 marked as applied, from flyway");

        assertThat(adopted()).containsExactly("001", "002");
    }

    @Test
    void aFailedMigrationOfFlywayIsRefused() {
        insert("flyway_schema_history", flyway(1, "1", false));
        assertThat(refused("adopt").err()).contains("flyway says that V1__x.js failed.");
    }

    @Test
    void whatMigrateMongoHasAppliedIsMarked() throws IOException {
        write("20260608155948_albums.js", "db.albums.insertOne({});\n");
        // migrate-mongo, lib/actions/up.js
        insert(
                "changelog",
                new Document("fileName", "20260608155948-albums.js").append("appliedAt", Instant.EPOCH),
                new Document("fileName", "001-patients.js").append("appliedAt", Instant.EPOCH),
                new Document("fileName", "002-visits.js").append("appliedAt", Instant.EPOCH));

        done("adopt", "--from", "migrate-mongo");

        assertThat(adopted()).containsExactly("001", "002", "20260608155948");
        assertThat(done("status", "--format", "json")
                        .json()
                        .get("migrations")
                        .get(0)
                        .get("appliedAt")
                        .asString())
                .startsWith("1970-01-01T00:00:00");
    }

    // Mongock, ChangeEntry
    private static Document mongock(String id, String state, String type, int second) {
        return new Document("executionId", "e")
                .append("changeId", id)
                .append("author", "ann")
                .append("timestamp", Instant.EPOCH.plusSeconds(second))
                .append("state", state)
                .append("type", type)
                .append("changeLogClass", "org.clinic.Change")
                .append("systemChange", false);
    }

    @Test
    void whatMongockHasExecutedIsMarked() {
        insert(
                "mongockChangeLog",
                mongock("system-change-00001", "EXECUTED", "EXECUTION", 0).append("systemChange", true),
                mongock("001-patients_before", "EXECUTED", "BEFORE_EXECUTION", 1),
                mongock("001-patients", "FAILED", "EXECUTION", 2),
                mongock("001-patients", "EXECUTED", "EXECUTION", 3),
                mongock("002-visits", "EXECUTED", "EXECUTION", 4),
                mongock("002-visits", "ROLLED_BACK", "EXECUTION", 5),
                mongock("001-patients", "IGNORED", "EXECUTION", 6));

        done("adopt");

        assertThat(adopted()).containsExactly("001");
    }

    @Test
    void aFailedChangeOfMongockIsRefused() {
        insert("mongockChangeLog", mongock("001-patients", "FAILED", "EXECUTION", 2));
        assertThat(refused("adopt").err())
                .contains("mongock says that the change 001-patients is FAILED.")
                .contains("start the service with Mongock once more; then adopt again.");
    }

    @Test
    void whatLiquibaseHasAppliedIsMarked() {
        insert(
                "DATABASECHANGELOG",
                new Document("id", "1")
                        .append("fileName", "db/changelog.xml")
                        .append("author", "ann")
                        .append("execType", "EXECUTED")
                        .append("orderExecuted", 1));
        done("adopt");
        assertThat(adopted()).containsExactly("001");
    }

    @Test
    void whichCollectionMustBeKnown() {
        assertThat(refused("adopt").err())
                .contains("there is no collection of another tool in sight: of none of flyway, liquibase,"
                        + " golang-migrate, typeorm, migrate-mongo, mongock, list.")
                .contains("Name it with --from-table, or look");
        assertThat(run("adopt", "--from", "alembic").err())
                .contains("There is no way to adopt from 'alembic' in MongoDB.")
                .contains("Use flyway, liquibase, golang-migrate, typeorm, migrate-mongo, mongock, list;");
        insert("applied", new Document("version", 1));
        assertThat(done("adopt", "--from", "list", "--from-table", "applied").out())
                .contains("1 marked");
    }
}
