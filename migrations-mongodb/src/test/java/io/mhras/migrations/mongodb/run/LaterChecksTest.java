package io.mhras.migrations.mongodb.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.Target;
import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.testing.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks of a script of MongoDB, named by comments, when it is applied and later. */
class LaterChecksTest extends MongoTest {

    private static final String CREATE = "db.createCollection('patients');\n";

    private static Files files(String check) {
        return new Files().with("001_script.js", CREATE).with("001_script.verify.js", check);
    }

    private List<Check> verify(String check) {
        migrator(files("true;")).migrate(Target.HEAD);
        VerificationResult result = migrator(files(check)).verify(List.of(), Duration.ofSeconds(30), ignored -> {});
        return result.checks();
    }

    @Test
    void whatStandsAboveTheFirstCheckIsSharedByAll() {
        List<Check> checks = verify("""
                const names = db.getCollectionNames();
                // migrate:check patients
                names.includes('patients');
                // migrate:check visits
                names.includes('visits');
                // migrate:check no error
                if (names.length === 0) {
                  throw new Error('no collection');
                }
                """);

        assertThat(checks)
                .extracting(Check::line)
                .containsExactly("\u2713 patients", "\u2717 visits", "\u2713 no error");
        assertThat(checks.get(1).details()).isEqualTo("""
                    at classpath:db/migration/001_script.verify.js:4

                        names.includes('visits');

                    It ends in false.\
                """);
    }

    @Test
    void anErrorIsShownWhereItIsAndEndsNoOtherCheck() {
        List<Check> checks = verify("""
                // migrate:check broken

                throw new Error('no such luck');
                // migrate:check after it
                true;
                """);

        assertThat(checks).extracting(Check::line).containsExactly("\u2717 broken", "\u2713 after it");
        assertThat(checks.get(0).reason()).isEqualTo("ERROR: Error: no such luck");
        assertThat(checks.get(0).location()).hasToString("classpath:db/migration/001_script.verify.js:3:7");
    }

    @Test
    void aCheckThatWritesStopsThereAndTheOthersRun() {
        List<Check> checks = verify("""
                // migrate:check adds one
                db.patients.insertOne({name: 'Jane'});
                // migrate:check is empty
                db.patients.countDocuments({}) === 0;
                """);

        assertThat(checks).extracting(Check::line).containsExactly("- adds one (skipped: writes)", "\u2713 is empty");
    }

    @Test
    void aScriptThatCannotRunIsACheckThatFails() {
        List<Check> checks = verify("db.patients.countDocuments({} === 0;");

        assertThat(checks).extracting(Check::line).containsExactly("\u2717 001_script.verify.js");
        assertThat(checks.get(0).reason()).startsWith("this is no JavaScript");
    }

    @Test
    void aCheckIsNamedOutsideOfBrackets() {
        List<Check> checks = verify("""
                const text = `
                // migrate:check is text
                `;
                function count() {
                  // migrate:check inside
                  return 0;
                }
                """);

        assertThat(checks.get(0).details()).isEqualTo("""
                    at classpath:db/migration/001_script.verify.js:5
                    a check is named inside of brackets.\
                """);
    }

    @Test
    void aNamedCheckIsNamedWhereItStopsAMigration() {
        Migrator untrue = migrator(files("// migrate:check visits\ndb.getCollectionNames().includes('visits');\n"
                + "// migrate:check other\ntrue;\n"));

        MigrationException failure = failure(untrue);

        assertThat(failure.problem()).startsWith("The check 'visits' of 001_script.verify.js does not hold");
        assertThat(failure(migrator(files("// migrate:check visits\nthrow new Error('none');\n")))
                        .problem())
                .contains("001_script.verify.js, the check 'visits', failed.");
    }
}
