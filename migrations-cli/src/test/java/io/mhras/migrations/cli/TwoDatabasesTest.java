package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
        assertThat(status.get("mongodb").at("/migrations/1/version").asString()).isEqualTo("002");
        assertThat(status.get("mongodb").at("/migrations/1/requires/0").asString())
                .isEqualTo("001");

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

    @ParameterizedTest
    @ValueSource(strings = {"apply", "stamp head", "repair"})
    void nothingIsChangedWhereOneCannotBeReached(String verb) {
        CommandRun run = CommandRun.of(withoutMongo(), verb.split(" "));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("Neither database was changed.\nThere is no connection to MongoDB")
                .contains("Check that the server runs");
        assertThat(run.out()).isEmpty();
        assertThat(tables()).isEmpty();
    }

    @Test
    void whatStampAndRepairWouldDoCanBeSeenFirst() throws IOException {
        assertThat(doneBoth("stamp", "head", "--dry-run").out())
                .containsSubsequence(
                        "postgresql: 3 to do\n", "001 create patients", "mongodb: 2 to do\n", "002 visits");
        assertThat(tables()).isEmpty();
        doneBoth("apply");
        write("003_create_visits.sql", "CREATE TABLE visits (visit_id INT PRIMARY KEY);\n");
        assertThat(doneBoth("repair", "-n").out())
                .containsSubsequence("postgresql: 1 to do\n", "003 create visits", "mongodb: nothing to do\n");
        assertThat(runBoth("check").code()).isEqualTo(1);
        assertThat(doneBoth("repair").out()).contains("postgresql: 1 accepted", "mongodb: 0 accepted");
        assertThat(runBoth("check").code()).isZero();
    }

    @Test
    void progressStandsBelowTheNameOfItsDatabase() {
        assertThat(doneBoth("apply").err())
                .containsSubsequence("PostgreSQL:\napplied 001", "MongoDB:\napplied 001 patients")
                .doesNotContain(": \n");
        assertThat(doneBoth("apply", "--quiet").err()).isEmpty();
    }

    @Test
    void whatRunsIsWatchedInBothUntilNothingDoes() {
        CommandRun idle = doneBoth("activity", "--watch");

        assertThat(idle.out())
                .isEqualTo("== PostgreSQL ==\nNothing migrates the database.\n\n"
                        + "== MongoDB ==\nNothing migrates the database.\n");
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
        assertThat(neither.err())
                .isEqualTo("Neither database was changed.\nThere is no migration 009.\n\n"
                        + "What to do: PostgreSQL: There are: 001, 002, 003. MongoDB: There are: 001, 002.\n");
        assertThat(runBoth("show", "009").code()).isEqualTo(2);
        assertThat(doneBoth("show", "003").out()).contains("create visits");
    }

    @Test
    void eachMayHaveItsOwnTarget() {
        Map<String, String> environment = new HashMap<>(both());
        environment.put("MHRAS_MIGRATIONS_TARGET", "003");
        environment.put("MHRAS_MIGRATIONS_MONGODB_TARGET", "001");

        CommandRun run = CommandRun.of(environment, "apply");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("postgresql: 3 done", "mongodb: 1 done");
        assertThat(CommandRun.of(environment, "validate").code()).isZero();
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
    void adoptTakesOneAtATime() {
        CommandRun run = runBoth("adopt");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("adopt takes one at a time", "--db-type mongodb");
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
