package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** PostgreSQL and MongoDB at once. */
class TwoDatabasesTest extends MongoCommandTest {

    private static final String NOWHERE = "mongodb://localhost:1/clinic?serverSelectionTimeoutMS=200";

    @BeforeEach
    void files() throws IOException {
        writeThree();
        writeTwoScripts();
    }

    private Map<String, String> withoutMongo() {
        Map<String, String> environment = new HashMap<>(both());
        environment.put("MONGODB_URL", NOWHERE);
        return environment;
    }

    @Test
    void whatIsConfiguredIsMigratedPostgresqlFirst() {
        CommandRun run = doneBoth("apply");

        assertThat(run.out()).containsSubsequence("postgresql: 3 done", "mongodb: 2 done");
        assertThat(tables()).contains("patients", "visits");
        assertThat(collections()).containsExactly("patients", "visits");
    }

    @Test
    void eachAnswerHasAHeading() {
        assertThat(doneBoth("status").out())
                .startsWith("== PostgreSQL ==\nVERSION")
                .containsSubsequence("postgresql: 3 to apply\n\n== MongoDB ==\nVERSION", "mongodb: 2 to apply\n");
        assertThat(doneBoth("heads").out())
                .isEqualTo("== PostgreSQL ==\n003 (head), create visits\n\n== MongoDB ==\n002 (head), visits\n");
        assertThat(doneBoth("status", "--db-type", "mongodb").out()).doesNotContain("==", "postgresql");
        assertThat(doneBoth("status", "--url", database.url()).out()).doesNotContain("==", "mongodb");
    }

    @Test
    void jsonIsOneDocument() {
        JsonNode status = doneBoth("status", "--format", "json").json();
        assertThat(status.propertyNames()).containsExactly("postgresql", "mongodb");
        assertThat(status.get("mongodb").get("migrations")).hasSize(2);

        JsonNode applied = doneBoth("apply", "--format", "json").json();
        assertThat(applied.get("postgresql").get("events")).hasSize(3);
        assertThat(applied.get("mongodb").get("events")).hasSize(2);
        assertThat(doneBoth("lock", "--format", "json").out()).contains("\"postgresql\" : null", "\"mongodb\" : null");
    }

    @Test
    void whatReadsGoesOnWithTheOther() {
        CommandRun run = CommandRun.of(withoutMongo(), "status");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("postgresql: 3 to apply");
        assertThat(run.err())
                .contains("MongoDB: There is no connection to MongoDB: localhost:1", "Check that the server runs");

        CommandRun json = CommandRun.of(withoutMongo(), "report", "--format", "json");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.json().get("postgresql").get("state").asString()).isEqualTo("PENDING");
        assertThat(json.json().get("mongodb").get("error").asString()).contains("There is no connection");
        assertThat(CommandRun.of(withoutMongo(), "report").out()).contains("Migrations of mongodb\nNot read: ");
        assertThat(CommandRun.of(withoutMongo(), "report", "--format", "junit").out())
                .contains("name=\"migrations.mongodb\" tests=\"1\" failures=\"0\" errors=\"1\"");
    }

    @Test
    void nothingIsChangedWhereOneCannotBeReached() {
        CommandRun run = CommandRun.of(withoutMongo(), "apply");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("There is no connection to MongoDB");
        assertThat(tables()).isEmpty();
    }

    @Test
    void whatChangesStopsAtTheFirstFailure() throws IOException {
        write("003_create_visits.sql", "CREATE TABLE visits (id TXT);\n");

        CommandRun run = runBoth("apply");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("PostgreSQL: ", "003_create_visits.sql:1:25", "MongoDB was not begun.");
        assertThat(collections()).isEmpty();
    }

    @Test
    void thereIsOneQuestionForBoth() {
        CommandRun no = CommandRun.typing("n\n", both(), "apply");
        assertThat(no.code()).isEqualTo(3);
        assertThat(no.err()).containsSubsequence("postgresql: 3 to do", "mongodb: 2 to do", "Apply 5? [y/N]");
        assertThat(tables()).isEmpty();
        assertThat(CommandRun.typing("y\n", both(), "apply").code()).isZero();
        assertThat(collections()).hasSize(2);
    }

    @Test
    void aTargetOfOneDatabaseIsOnlyForThatOne() {
        CommandRun run = doneBoth("apply", "--target", "003");

        assertThat(run.err()).contains("note: MongoDB is left out. There is no migration 003.");
        assertThat(run.out()).contains("postgresql: 3 done").doesNotContain("mongodb");
        assertThat(collections()).isEmpty();
        assertThat(doneBoth("apply", "--target", "003", "--dry-run").err()).contains("MongoDB is left out");
        assertThat(doneBoth("validate", "--target", "003").err()).contains("MongoDB is left out");

        CommandRun neither = runBoth("apply", "--target", "009");
        assertThat(neither.code()).isEqualTo(2);
        assertThat(neither.err()).contains("There is no migration 009.", "There are: ");
        assertThat(runBoth("show", "009").code()).isEqualTo(2);
        assertThat(doneBoth("show", "003").out()).contains("create visits");
    }

    @Test
    void filesOfADatabaseThatIsNotConfiguredAreMentioned() {
        Map<String, String> onlyPostgresql = new HashMap<>(both());
        onlyPostgresql.remove("MONGODB_URL");
        CommandRun run = CommandRun.of(onlyPostgresql, "status");
        assertThat(run.code()).isZero();
        assertThat(run.err())
                .isEqualTo("note: there are files for MongoDB too (.js), and no MongoDB is configured."
                        + " They are left alone.\n");
        assertThat(done("status").err()).contains("files for PostgreSQL too (.sql)");
        assertThat(done("status", "--db-type", "mongodb").err()).isEmpty();
        CommandRun all = CommandRun.of(onlyPostgresql, "status", "--db-type", "all");
        assertThat(all.code()).isEqualTo(2);
        assertThat(all.err()).contains("MongoDB: No MongoDB is given.", "MONGODB_URL");
    }

    @Test
    void aDatabaseWithoutFilesIsLeftAlone() throws IOException {
        for (String name : List.of("001_patients.js", "001_patients.down.js", "002_visits.js", "002_visits.down.js")) {
            java.nio.file.Files.delete(folder.resolve(name));
        }
        assertThat(doneBoth("apply").out()).startsWith("postgresql: 3 done").doesNotContain("mongodb");
    }

    @Test
    void cleanTakesOneAtATime() {
        CommandRun run = runBoth("clean", "--force", mongo.databaseName());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("clean drops one at a time", "--db-type mongodb");
    }

    @Test
    void whoseUserIsMeantMustBeSaid() {
        CommandRun run = runBoth("status", "--username", "ann");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("it is not said whose --username or --password is meant", "--db-type");
        assertThat(runBoth("status", "--db-type", "mongodb", "--url", database.url())
                        .err())
                .contains("--url leads to PostgreSQL, and --db-type asks for MongoDB.");
    }

    @Test
    void stampAndRollbackGoThroughBoth() {
        assertThat(doneBoth("stamp", "002").out()).contains("postgresql: 2 marked", "mongodb: 2 marked");
        assertThat(doneBoth("stamp", "base").out()).contains("postgresql: 2 marked", "mongodb: 2 marked");
        doneBoth("apply");
        assertThat(doneBoth("rollback").err()).contains("rolled back 003 create visits", "rolled back 002 visits");
        assertThat(doneBoth("script").err()).contains("this is PostgreSQL's part");
    }
}
