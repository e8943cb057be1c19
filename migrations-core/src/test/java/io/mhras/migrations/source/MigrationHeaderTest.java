package io.mhras.migrations.source;

import static io.mhras.migrations.TestMigrations.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationScript.Batch;
import io.mhras.migrations.MigrationScript.Options;
import io.mhras.migrations.MigrationScript.Transaction;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.SourceLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationHeaderTest {

    @TempDir
    Path path;

    private MigrationFolder folder;

    @BeforeEach
    void begin() {
        folder = new MigrationFolder(path);
    }

    private Options options(String text) {
        return script(folder.with("001_x.sql", text).load("001").up()).options();
    }

    private String error(String text) {
        return folder.with("001_x.sql", text).errorText();
    }

    @Test
    void withoutAHeaderTheDefaultsHold() {
        assertThat(options("SELECT 1;")).isEqualTo(Options.DEFAULT);
    }

    @Test
    void theHeaderIsTheCommentsAboveTheFirstStatement() {
        assertThat(options("""
                        -- Builds the index while the service goes on.

                        /* Licence: /* nested */ as you like */
                          -- migrate:transaction none
                        --migrate:lock-timeout 500ms

                        CREATE INDEX CONCURRENTLY i ON t (c);
                        """)).isEqualTo(new Options(Transaction.NONE, Duration.ofMillis(500), null));
    }

    @Test
    void aFileCanAskForOneTransaction() {
        assertThat(options("-- MIGRATE:Transaction FILE\nSELECT 1;").transaction())
                .isEqualTo(Transaction.FILE);
    }

    @ParameterizedTest
    @CsvSource({"5s,PT5S", "500ms,PT0.5S", "2m,PT2M", "1h,PT1H", "10 s,PT10S", "PT1.5S,PT1.5S", "1S,PT1S"})
    void aLockTimeoutIsANumberWithAUnit(String written, Duration timeout) {
        assertThat(options("-- migrate:lock-timeout " + written + "\nSELECT 1;").lockTimeout())
                .isEqualTo(timeout);
    }

    @Test
    void javascriptHasTheSameOptionsInItsOwnComments() {
        folder.with("001_x.js", "/* first */\n// migrate:transaction file\ndb.users.insertOne({});");

        Migration migration = folder.loader(DatabaseKind.MONGODB, Map.of())
                .load()
                .find(MigrationVersion.of("1"))
                .orElseThrow();

        assertThat(script(migration.up()).options().transaction()).isEqualTo(Transaction.FILE);
    }

    @Test
    void requirementsAreVersions() {
        folder.with("001_a.sql", "SELECT 1;").with("002_b.sql", "SELECT 1;");
        folder.with("003_c.sql", "-- migrate:requires 1,  002 , 1\nSELECT 1;");

        assertThat(folder.load("003").requires())
                .containsExactly(MigrationVersion.of("001"), MigrationVersion.of("002"));
    }

    @Test
    void aRepeatableRequiresOtherRepeatables() {
        folder.with("R_a.sql", "-- migrate:requires R_b\nSELECT 1;").with("R_b.sql", "SELECT 1;");

        assertThat(folder.load().migrations())
                .extracting(Migration::version)
                .containsExactly(MigrationVersion.of("R_b"), MigrationVersion.of("R_a"));
    }

    @Test
    void aLintIgnoreMayStandAnywhereAndOften() {
        assertThat(options("""
                        -- migrate:lint-ignore no-drop-table: nobody reads it
                        -- migrate:lint-ignore no-drop-column: nor this
                        DROP TABLE t;
                        -- migrate:lint-ignore no-drop-column: nor that
                        ALTER TABLE u DROP COLUMN c;
                        """)).isEqualTo(Options.DEFAULT);
    }

    @Test
    void proseThatBeginsWithTheSameWordIsNoOption() {
        assertThat(options("-- migrate: everything to the new schema\nSELECT 1;"))
                .isEqualTo(Options.DEFAULT);
    }

    @Test
    void anUnknownOptionIsNamedWithItsPlace() {
        InvalidMigration error = folder.with("001_x.sql", "-- Äh 😀\n-- migrate:transactoin none\nSELECT 1;")
                .error();

        assertThat(error.location()).isEqualTo(new SourceLocation(folder.location("001_x.sql"), 2, 12));
        assertThat(folder.errorText())
                .isEqualTo("001_x.sql:2:12: there is no option 'migrate:transactoin'.\n\n"
                        + "What to do: The options are transaction, requires, lock-timeout, batch.");
    }

    @Test
    void aSpaceInAnOptionIsPointedOut() {
        assertThat(error("-- migrate: transaction none\nSELECT 1;"))
                .isEqualTo("001_x.sql:1:12: there is a space in 'migrate: transaction'.\n\n"
                        + "What to do: Write 'migrate:transaction'.");
    }

    @Test
    void aBadTransactionSaysWhatIsPossible() {
        assertThat(error("-- migrate:transaction off\nSELECT 1;"))
                .isEqualTo("001_x.sql:1:24: 'migrate:transaction' cannot be 'off'.\n\n"
                        + "What to do: Write 'none' (each statement for itself) or 'file' (the whole file in one"
                        + " transaction); without the option, what the file contains decides.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "0s", "-1s", "PT-5S", "soon", "25d", "999999999999h", "PT0.0001S", "5s 3ms"})
    void aBadLockTimeoutSaysWhatIsPossible(String value) {
        assertThat(error("-- migrate:lock-timeout " + value + "\nSELECT 1;"))
                .isEqualTo(
                        "001_x.sql:1:25: 'migrate:lock-timeout' cannot be '" + value + "'.\n\n"
                                + "What to do: Write a number with its unit, from 1ms to 24 days, for example 500ms, 5s or 2m.");
    }

    @Test
    void aBatchHasASizeAndMayHaveAPause() {
        assertThat(options("-- migrate:batch size=500\nDELETE FROM t;").batch())
                .isEqualTo(new Batch(500, Duration.ZERO));
        assertThat(options("-- migrate:batch size=1000  pause=50ms\nDELETE FROM t;")
                        .batch())
                .isEqualTo(new Batch(1000, Duration.ofMillis(50)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "size=0", "size=many", "size=-1", "size=99999999", "pause=5s", "size=5 pause=5"})
    void aBadBatchSaysHowItIsWritten(String value) {
        assertThat(error("-- migrate:batch " + value + "\nDELETE FROM t;"))
                .isEqualTo("001_x.sql:1:18: 'migrate:batch' cannot be '" + value + "'.\n\n"
                        + "What to do: Write how many rows at a time, and what pause others need between two times, for"
                        + " example 'size=1000' or 'size=1000 pause=50ms'.");
    }

    @Test
    void aBatchHasItsOwnTransactions() {
        assertThat(error("-- migrate:transaction none\n-- migrate:batch size=5\nDELETE FROM t;"))
                .isEqualTo("001_x.sql:2:18: 'migrate:batch' is for an SQL script that changes rows, each batch in a"
                        + " transaction of its own.\n\nWhat to do: Take 'migrate:transaction' out.");
    }

    @Test
    void aMissingValueIsPointedOut() {
        assertThat(error("-- migrate:lock-timeout\nSELECT 1;"))
                .startsWith("001_x.sql:1:24: 'migrate:lock-timeout' has no value.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"001 002", "001_initial", "001,", "none"})
    void aBadRequirementSaysHowItIsWritten(String value) {
        assertThat(error("\uFEFF-- migrate:requires " + value + "\nSELECT 1;"))
                .isEqualTo("001_x.sql:1:21: 'migrate:requires' cannot be '" + value + "'.\n\n"
                        + "What to do: Write versions, separated by commas, for example 'migrate:requires 001, 004'.");
    }

    @Test
    void theSameOptionTwiceIsAnError() {
        assertThat(error("-- migrate:transaction none\n-- migrate:transaction file\nSELECT 1;"))
                .isEqualTo("001_x.sql:2:24: 'migrate:transaction' stands twice in this header, first in line 1.\n\n"
                        + "What to do: Leave one of them.");
        assertThat(error("-- migrate:requires 1\n-- migrate:requires 2\nSELECT 1;"))
                .endsWith("What to do: Leave one of them, with all versions, separated by commas.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "verify"})
    void onlyAnUpScriptRequires(String role) {
        folder.with("001_x.sql", "SELECT 1;").with("001_x." + role + ".sql", "\n-- migrate:requires 001\nSELECT 1;");

        assertThat(folder.errorText())
                .isEqualTo("001_x." + role + ".sql:2:21: 'migrate:requires' means nothing in a " + role
                        + " script.\n\nWhat to do: Write it in the up script.");
    }

    @Test
    void anOptionBelowTheFirstStatementIsNotOverlooked() {
        assertThat(error(
                        "CREATE TABLE t ();\n-- it isn't small\n-- migrate:transaction none\nCREATE INDEX i ON t (c);"))
                .isEqualTo("001_x.sql:3:12: 'migrate:transaction' stands below the first statement, where it does"
                        + " nothing.\n\nWhat to do: Move the line to the top of the file.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT '\n-- migrate:transaction none\n';",
                "DO $$\n-- migrate:transaction none\n$$;",
                "SELECT 1; /*\n-- migrate:transaction none\n*/",
                "COPY t FROM STDIN;\n-- migrate:transaction none\n\\.\n",
            })
    void whatMayBeAStringIsLeftAlone(String text) {
        assertThatCode(() -> options(text)).doesNotThrowAnyException();
    }

    @Test
    void aMergeHasNothingButItsRequirements() {
        folder.with("001_a.sql", "SELECT 1;").with("002_b.sql", "-- migrate:requires 001\nSELECT 1;");
        folder.with("003_c.sql", "-- migrate:requires 001\nSELECT 1;");
        folder.with("004_merge.sql", "-- migrate:requires 002, 003\n");

        assertThat(folder.load().heads()).containsExactly(MigrationVersion.of("004"));
    }

    @Test
    void aCheckThatChecksNothingIsAnError() {
        folder.with("001_x.sql", "SELECT 1;").with("001_x.verify.sql", "-- later");

        assertThat(folder.errorText())
                .isEqualTo("001_x.verify.sql: the file has nothing but comments.\n\n"
                        + "What to do: Write a SELECT that returns true if the migration worked, or remove the file.");
    }

    @Test
    void inALineOfAMegabyteTheHeaderIsReadAsInAnyOther() {
        String prose = "as long as you like, ".repeat(50_000);

        assertThat(options("/* " + prose + "*/ -- migrate:transaction none\nSELECT 1;")
                        .transaction())
                .isEqualTo(Transaction.NONE);
        assertThat(error("/* " + prose + "*/ -- migrate:when\nSELECT 1;"))
                .startsWith("001_x.sql:1:" + (prose.length() + 18) + ": there is no option 'migrate:when'.");
        assertThat(error("-- " + prose + "\nSELECT " + "1, ".repeat(400_000) + "1;\n-- migrate:transaction none"))
                .startsWith("001_x.sql:3:12: 'migrate:transaction' stands below the first statement");
    }

    private String verifyError(String text) {
        return folder.with("001_x.sql", "SELECT 1;")
                .with("001_x.verify.sql", text)
                .errorText();
    }

    @Test
    void aCheckMayHaveNamesAndAnEnd() {
        folder.with("001_x.sql", "SELECT 1;").with("010_y.sql", "SELECT 1;");
        folder.with("001_x.verify.sql", """
                -- migrate:verify-until 10
                -- migrate:check one
                SELECT true;
                -- migrate:check two
                SELECT true;
                """);

        MigrationScript verify = Objects.requireNonNull(folder.load("001").verify());

        assertThat(verify.options().until()).isEqualTo(MigrationVersion.of("010"));
    }

    @Test
    void anOptionOfChecksMeansNothingInOtherScripts() {
        assertThat(error("-- migrate:verify-until 010\nSELECT 1;"))
                .isEqualTo("001_x.sql:1:25: 'migrate:verify-until' means nothing in an up script.\n\n"
                        + "What to do: Write it in the verify script.");
        assertThat(error("SELECT 1;\n-- migrate:check table x\nSELECT 2;"))
                .isEqualTo("001_x.sql:2:18: 'migrate:check' means nothing in an up script.\n\n"
                        + "What to do: Write it in the verify script, above a statement.");
    }

    @Test
    void theEndOfACheckIsALaterMigration() {
        assertThat(verifyError("-- about x\n-- migrate:verify-until 010\nSELECT true;"))
                .isEqualTo("001_x.verify.sql:2:25: 'migrate:verify-until' names 010, and there is no migration of that"
                        + " version.\n\nWhat to do: Name the migration that makes this check untrue. If its files are"
                        + " gone, take this check out, too.");
        assertThat(verifyError("-- migrate:verify-until 1\nSELECT true;"))
                .contains("'migrate:verify-until' names 1, which is applied before this check: it would never run.");
        assertThat(verifyError("-- migrate:verify-until soon\nSELECT true;"))
                .contains("001_x.verify.sql:1:25: 'migrate:verify-until' cannot be 'soon'.");
    }

    @Test
    void aCheckWithoutANameSaysHowItIsWritten() {
        assertThat(verifyError("-- migrate:check\nSELECT true;"))
                .isEqualTo(
                        "001_x.verify.sql:1:17: 'migrate:check' has no value.\n\nWhat to do: Write what the statement"
                                + " below checks, for example 'migrate:check table patients'.");
        assertThat(verifyError("-- migrate:chekc x\nSELECT true;"))
                .contains("there is no option 'migrate:chekc'.", "The options are lock-timeout, check, verify-until.");
    }
}
