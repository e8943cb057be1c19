package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each verb with MongoDB. */
class MongoVerbsTest extends MongoCommandTest {

    @BeforeEach
    void files() throws IOException {
        writeTwoScripts();
    }

    @Test
    void statusShowsWhatIsPendingAndWhatIsApplied() {
        assertThat(done("status").out()).contains("001", "pending", "mongodb: 2 to apply");
        assertThat(collections()).isEmpty();

        done("apply", "001");

        CommandRun run = done("status", "--verbose");
        assertThat(run.out())
                .containsPattern("001 +applied .*patients \\(001_patients.js")
                .contains("mongodb: 1 to apply");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void applyAsksShowsWhatItDoesAndDoesIt() {
        CommandRun no = CommandRun.typing("n\n", environment(), "apply");
        assertThat(no.code()).isEqualTo(3);
        assertThat(no.err()).contains("mongodb: 2 to do", "apply 001 patients (001_patients.js)", "Apply 2? [y/N]");
        assertThat(collections()).isEmpty();

        CommandRun yes = CommandRun.typing("y\n", environment(), "apply");

        assertThat(yes.code()).as(yes.err()).isZero();
        assertThat(yes.err()).contains(" 001 patients, ", " 002 visits, ", "] 2/2");
        assertThat(yes.out()).startsWith("mongodb: 2 done in ");
        assertThat(collections()).containsExactly("patients", "visits");
    }

    @Test
    void aDryRunWritesNothingAtAll() {
        assertThat(done("apply", "--dry-run").out()).contains("mongodb: 2 to do", "apply 002 visits (002_visits.js)");
        assertThat(mongo.database().listCollectionNames()).isEmpty();
    }

    @Test
    void aDryRunShowsTheStatementsOfScriptsInTextAndJson() throws IOException {
        String down = "db.visits.drop();\nif (db.visits.countDocuments({}) === 0) db.removed.insertOne({});\n";
        write("002_visits.down.js", down);

        assertThat(done("apply", "--dry-run", "--verbose").out()).isEqualTo("""
                mongodb: 2 to do
                  apply 001 patients (001_patients.js): 2 statements
                        1  db.createCollection('patients')
                        2  db.patients.createIndex({ name: 1 })
                  apply 002 visits (002_visits.js): 1 statement
                        1  db.visits.insertOne({ _id: ? })
                """);
        JsonNode scripts = done("apply", "--dry-run", "--format", "json").json().get("scripts");
        assertThat(scripts.get(0).get("script").asString()).isEqualTo("001_patients.js");
        assertThat(scripts.get(0).get("count").asInt()).isEqualTo(2);
        assertThat(scripts.get(0).get("statements").get(1).toString())
                .isEqualTo("{\"line\":2,\"text\":\"db.patients.createIndex({ name: 1 })\",\"state\":\"pending\"}");

        done("apply");
        assertThat(done("rollback", "--dry-run").out())
                .startsWith("mongodb: 1 to do\n  roll back 002 visits (002_visits.down.js): 1 statement\n")
                .contains("From here on what is shown depends on data that is not written yet: line 2 reads ");
        assertThat(collections()).containsExactly("patients", "visits");
    }

    @Test
    void aDryRunThatIsSureToFailSaysSoAndEndsWithOne() throws IOException {
        write("001_patients.js", "db.patients.insertOne({});\nnosuch();\n");

        CommandRun text = run("apply", "--dry-run");

        assertThat(text.code()).isEqualTo(1);
        assertThat(text.out())
                .contains("Stops in line 2: ReferenceError: nosuch is not defined.")
                .contains("apply 002 visits (002_visits.js): not reached");
        assertThat(text.err()).isEmpty();
        JsonNode stop = run("apply", "--dry-run", "--format", "json")
                .json()
                .get("scripts")
                .get(0)
                .get("stop");
        assertThat(stop.get("location").asString()).endsWith("001_patients.js:2:1");
        assertThat(stop.get("sure").asBoolean()).isTrue();
        assertThat(collections()).isEmpty();
    }

    @Test
    void rollbackRunsTheDownScripts() throws IOException {
        done("apply");
        Files.delete(folder.resolve("002_visits.down.js"));

        assertThat(done("rollback").err()).contains("rolled back 002 visits");
        assertThat(collections()).containsExactly("patients");
        assertThat(done("rollback", "base").out()).startsWith("mongodb: 1 done");
        assertThat(collections()).isEmpty();
    }

    @Test
    void validateAndCheckSayWhatIsPending() {
        assertThat(run("validate").code()).isEqualTo(1);
        assertThat(run("validate").err()).contains("The schema is not at the head.", "apply 001 patients");
        assertThat(run("check").code()).isEqualTo(1);
        assertThat(run("check").out()).contains("mongodb: 2 of 2 stand in the way of the head");

        done("apply");

        assertThat(done("validate").out()).contains("Files and history agree");
        assertThat(done("check").out()).contains("mongodb: at the head");
    }

    @Test
    void historyCurrentHeadsBranchesAndShowTellOfTheScripts() {
        done("apply", "001");

        assertThat(done("history").out())
                .startsWith("001 -> 002 (head), visits; pending\n<base> -> 001, patients; applied");
        assertThat(done("history", "--events").out()).contains("applied", "001", "patients");
        assertThat(done("current").out()).startsWith("001; applied");
        assertThat(done("heads").out()).isEqualTo("002 (head), visits\n");
        assertThat(done("branches").out()).isEmpty();
        assertThat(done("show", "001").out()).contains("-- up: ", "001_patients.js", "db.patients.createIndex");
    }

    @Test
    void afterAStopInDoubtStatusNamesRepair() {
        done("apply");
        Document event = mongo.database()
                .getCollection("migration_history")
                .find(new Document("version", "002"))
                .sort(new Document("_id", -1))
                .first();
        long id = event.getLong("_id");
        mongo.database().getCollection("migration_history").deleteMany(new Document("version", "002"));
        mongo.database()
                .getCollection("migration_history")
                .insertOne(event.append("event", "FAILED")
                        .append("statement", 0)
                        .append("fingerprint", "")
                        .append("error", "002_visits.js stopped at statement 1")
                        .append("run", id));
        mongo.database()
                .getCollection("migration_history_steps")
                .insertOne(new Document("run", id).append("n", 1).append("state", "ASKS"));

        assertThat(done("status").out())
                .contains("mongodb: a migration stopped; 'migrations repair' comes first")
                .contains("002_visits.js: It stopped at a statement that is in doubt.")
                .doesNotContain("'migrations apply' tries again");
    }

    @Test
    void stampMarksAndRepairAcceptsAChange() throws IOException {
        assertThat(done("stamp", "head").out()).isEqualTo("mongodb: 2 marked\n");
        assertThat(collections()).isEmpty();
        write("002_visits.js", "db.visits.insertOne({ _id: 2 });\n");

        assertThat(run("validate").err())
                .contains(
                        "002_visits.js",
                        "- db.visits.insertOne({ _id: ? });",
                        "They differ in values, which are not shown.");
        assertThat(done("repair").out()).isEqualTo("mongodb: 1 accepted\n");
        assertThat(done("validate").code()).isZero();
    }

    @Test
    void cleanWantsTheNameTypedAndDropsWhatTheMigrationsMade() {
        done("apply");
        mongo.database().createCollection("of_others");

        assertThat(done("clean", "--dry-run").out())
                .contains("would drop collection " + mongo.databaseName() + ".patients");
        CommandRun wrong = run("clean", "--force", "clinic");
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.err()).contains("'clinic' is not the database's name, '" + mongo.databaseName() + "'");
        assertThat(collections()).contains("patients");

        assertThat(done("clean", "--force", mongo.databaseName()).out()).contains("dropped collection");
        assertThat(mongo.database().listCollectionNames()).containsExactly("of_others");
    }

    @Test
    void lockAndActivityTellWhoHoldsTheLeaseAndForHowLong() throws Exception {
        assertThat(done("lock").out()).isEqualTo("The migration lock is free.\n");
        assertThat(done("activity").out()).isEqualTo("Nothing migrates the database.\n");
        write("003_slow.js", "db.slow.insertOne({});\nwhile (!db.go.findOne()) sleep(20);\n");
        Thread apply = new Thread(() -> done("apply"));
        apply.start();
        while (!done("activity").out().contains("003_slow.js, statement 1")) {
            Thread.onSpinWait();
        }

        assertThat(done("lock").out())
                .startsWith("Held by process " + ProcessHandle.current().pid()
                        + " (user anonymous, application 'migrations'")
                .containsPattern(
                        "It is free at \\d{4}-.* if that process is gone; as long as it lives it prolongs that.");
        assertThat(done("status").out()).contains("Running: 003_slow.js");
        CommandRun second = run("apply", "--wait", "200ms");
        assertThat(second.code()).isEqualTo(4);
        assertThat(second.err()).contains("the migration lock of " + mongo.databaseName(), "It is held by process");

        mongo.database().getCollection("go").insertOne(new org.bson.Document());
        apply.join();
        assertThat(done("lock").out()).startsWith("The migration lock is free");
    }

    @Test
    void newWritesAScriptWhereTheOthersAre() {
        assertThat(done("new", "add consent").out())
                .isEqualTo(
                        folder.resolve("003_add_consent.js") + "\n" + folder.resolve("003_add_consent.down.js") + "\n");
        assertThat(done("merge").err()).contains("There is one head, 003: nothing to merge.");
        assertThat(run("apply").err()).contains("003_add_consent.js");
    }

    @Test
    void thereIsNoSqlForIt() {
        for (List<String> line : List.of(List.of("script"), List.of("apply", "--sql"), List.of("rollback", "--sql"))) {
            CommandRun run = run(line.toArray(String[]::new));
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains("There is no SQL for MongoDB", "Let 'migrations apply --db-type mongodb' run them");
        }
    }

    @Test
    void aScriptThatFailedIsToldWithItsPlaceAndGoesOn() throws IOException {
        write("002_visits.js", "db.visits.insertOne({ _id: 1 });\ndb.visits.insertOne({ _id: 1 });\n");

        CommandRun run = run("apply");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("applied 001 patients", "002_visits.js:2", "duplicate key");
        assertThat(done("lock").out()).startsWith("The migration lock is free");
        write("002_visits.js", "db.visits.insertOne({ _id: 1 });\ndb.visits.insertOne({ _id: 2 });\n");
        assertThat(done("apply").err()).contains("applied 002 visits");
        assertThat(mongo.database().getCollection("visits").countDocuments()).isEqualTo(2);
    }

    @Test
    void theReportHasCollectionsInEachFormat() {
        done("apply", "001");

        assertThat(done("report").out())
                .startsWith("Migrations of " + mongo.databaseName() + " on MongoDB ")
                .contains("State: pending (1 pending, 1 applied)", "What needs care");
        JsonNode json = done("report", "--format", "json").json();
        assertThat(json.get("database").asString()).isEqualTo("mongodb");
        assertThat(json.get("health").get("tables").get(0).get("name").asString())
                .isEqualTo("patients");
        assertThat(done("report", "--format", "html").out())
                .contains("<h2>Collections</h2>")
                .doesNotContain("Vacuumed");
        assertThat(done("report", "--format", "junit").out()).contains("name=\"migrations.mongodb\" tests=\"2\"");
    }
}
