package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What goes on after a stop in the middle, and what must not. */
class ScriptsInPartsTest extends PostgresTest {
    private List<String> events() {
        return column("SELECT event || coalesce(' ' || statement, '') FROM migration_history ORDER BY id");
    }

    private static MigrationException rollbackFailure(Migrator m) {
        return Assertions.catchThrowableOfType(MigrationException.class, () -> m.rollback(Target.BASE));
    }

    private void killedAfter(int n) {
        database.run("DELETE FROM migration_history WHERE event <> 'STARTED' OR statement > " + n);
    }

    @Test
    void aChangeOfTheDonePartIsDetectedAtEachStart() {
        failure("CREATE TABLE a (id int);\nVACUUM a;\nSELECT nowhere;\n");
        String changed = "CREATE TABLE a (id bigint);\nVACUUM a;\nSELECT 1;\n";
        assertThat(failure(changed)).hasMessageContaining("was changed since");
        assertThat(failure(changed)).isNotNull().hasMessageContaining("was changed since");
    }

    @Test
    void aRepeatableThatStoppedHalfWayGoesOn() {
        Files f = new Files().with("R_v.sql", "CREATE TABLE a (id int);");
        migrator(f).migrate(Target.HEAD);
        assertThat(failure(migrator(f.with("R_v.sql", "SELECT 1; VACUUM a; SELECT nowhere;"))))
                .isNotNull();
        migrator(f.with("R_v.sql", "SELECT 1; VACUUM a; SELECT 2;")).migrate(Target.HEAD);
    }

    @Test
    void settingsOfTheDonePartComeAfterOurLimits() {
        PostgresSettings s = settings("app");
        String begin = "CREATE SCHEMA s;\nSET search_path = s;\nSET lock_timeout='9s';VACUUM pg_am;\n";
        assertThat(failure(
                        migrator(database.dataSource(), s, new Files().with("001_s.sql", begin + "SELECT nowhere;"))))
                .isNotNull();
        migrator(
                        database.dataSource(),
                        s,
                        new Files()
                                .with(
                                        "001_s.sql",
                                        begin + "CREATE TABLE t AS SELECT current_setting('lock_timeout') x;"))
                .migrate(Target.HEAD);
        assertThat(column("SELECT schemaname::text FROM pg_tables WHERE tablename='t'"))
                .containsExactly("s");
    }

    static PostgresSettings settings(String schema) {
        return PostgresSettings.DEFAULT.in(schema, PostgresSettings.DEFAULT.table());
    }

    @Test
    void limitsSurviveTheScriptsOwnRollback() {
        migrator(
                        database.dataSource(),
                        settings("app"),
                        new Files()
                                .with(
                                        "001_s.sql",
                                        "BEGIN; SELECT 1; ROLLBACK; CREATE TABLE t AS SELECT current_setting('lock_timeout') x;"))
                .migrate(Target.HEAD);
        assertThat(column("SELECT schemaname::text FROM pg_tables WHERE tablename='t'"))
                .containsExactly("app");
    }

    @Test
    void aLocalRoleEndsWithItsTransaction() {
        database.run("CREATE TABLE b (id int)");
        migrate(
                "BEGIN; SET LOCAL ROLE pg_monitor; SELECT 1; COMMIT; CREATE TABLE w AS SELECT current_user::text AS u;");
        assertThat(column("SELECT u FROM w")).containsExactly("postgres");
    }

    @Test
    void aSessionAuthorizationOutlastsARowOfProgress() {
        String r = database.name() + "_r";
        database.run("CREATE ROLE " + r + "; GRANT ALL ON SCHEMA public TO " + r);
        try {
            migrate("SET SESSION AUTHORIZATION " + r
                    + "; CREATE TABLE b (id int); VACUUM b; CREATE TABLE w AS SELECT session_user::text AS u;");
            assertThat(column("SELECT u FROM w")).containsExactly(r);
        } finally {
            database.run("DROP OWNED BY " + r + "; DROP ROLE " + r);
        }
    }

    @Test
    void aLockTimeoutOfTheScriptOutlastsAConcurrentBuild() {
        database.run("CREATE TABLE b (id int)");
        migrate(
                "CREATE INDEX CONCURRENTLY i ON b (id); SET lock_timeout='7s'; VACUUM b; CREATE TABLE w AS SELECT current_setting('lock_timeout') AS u;");
        assertThat(column("SELECT u FROM w")).containsExactly("7s");
    }

    @Test
    void anIndexNameMayBeLongerThanTheServerKeeps() {
        database.run("CREATE TABLE b (id int)");
        migrate("CREATE INDEX CONCURRENTLY " + "i".repeat(70) + " ON b (id);");
    }

    @Test
    void anIndexNameMayHaveLettersThatGrowInUpperCase() {
        database.run("CREATE TABLE b (id int)");
        migrate("CREATE INDEX CONCURRENTLY straße_i ON b (id);");
    }

    @Test
    void soMayItsTable() {
        database.run("CREATE TABLE straße (id int)");
        migrate("CREATE INDEX CONCURRENTLY i ON straße (id);");
    }

    @Test
    void onlyTheStatementThatWasCutOffIsInDoubt() {
        database.run("CREATE TABLE b (id int)");
        String s = "VACUUM b; SELECT 1; DROP INDEX CONCURRENTLY typo;";
        assertThat(failure(s)).isNotNull();
        killedAfter(1); // as if killed while SELECT 1 ran
        assertThat(events()).containsExactly("STARTED 0", "STARTED 1");
        assertThat(failure(s)).isNotNull();
    }

    @Test
    void aMissingTableDoesNotMeanThatAnInsertWasDone() {
        String s =
                "-- migrate:transaction none\nCREATE TABLE real (id int); CREATE TEMP TABLE t AS SELECT 1 AS id; INSERT INTO real SELECT * FROM t;";
        migrate(s);
        killedAfter(2);
        database.run("TRUNCATE real"); // killed before INSERT
        MigrationException e = failure(s);
        assertThat(e).hasMessageContaining("relation \"t\" does not exist");
    }

    @Test
    void aRedoDoesNotMakeOldSettingsAgain() {
        database.run("CREATE SCHEMA x; CREATE SCHEMA y; CREATE TYPE public.mood AS ENUM ('o')");
        String b = "SET search_path = x; VACUUM pg_am; ";
        assertThat(failure(b + "SELECT nowhere;")).isNotNull();
        migrate(
                b
                        + "SET search_path = y; VACUUM pg_am; ALTER TYPE public.mood ADD VALUE 'n'; CREATE TABLE w (m public.mood DEFAULT 'n');");
        assertThat(column("SELECT schemaname::text FROM pg_tables WHERE tablename='w'"))
                .containsExactly("y");
    }

    @Test
    void aRollbackThatUndidNothingBlocksNobody() {
        Files f = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);")
                .with("001_a.down.sql", "DROP TABLE nowhere; VACUUM a;");
        migrator(f).migrate(Target.HEAD);
        assertThat(rollbackFailure(migrator(f))).isNotNull();
        assertThat(failure(migrator(f))).isNull();
    }

    @Test
    void aHalfRollbackIsNotUpToDate() {
        Files f = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int); ")
                .with("001_a.down.sql", "VACUUM a; DROP TABLE nowhere;");
        migrator(f).migrate(Target.HEAD);
        rollbackFailure(migrator(f));
        assertThat(migrator(f).status().summary()).isNotEqualTo(Summary.UP_TO_DATE);
    }

    @Test
    void aRepairIsRefusedInTheMiddleOfARollback() {
        Files f = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int); ")
                .with("001_a.down.sql", "VACUUM a; DROP TABLE nowhere;");
        migrator(f).migrate(Target.HEAD);
        rollbackFailure(migrator(f));
        Files g = f.with("001_a.sql", "-- c\nCREATE TABLE a (id int); ");
        assertThat(Assertions.catchThrowable(migrator(g)::repair))
                .isInstanceOf(MigrationException.Refused.class)
                .hasMessageContaining("The rollback of 001 came to a stop after statement 1 of 001_a.down.sql.");
    }

    @Test
    void aRollbackIsRefusedInTheMiddleOfAMigration() {
        Files f = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);")
                .with("001_a.down.sql", "DROP TABLE a;")
                .with("002_b.sql", "ALTER TABLE a ADD x int; VACUUM a; SELECT nowhere;");
        assertThat(failure(migrator(f))).isNotNull();
        assertThat(rollbackFailure(migrator(f)))
                .isInstanceOf(MigrationException.Refused.class)
                .hasMessageContaining("002_b.sql came to a stop after statement 2, and is neither applied nor not.");
    }

    @Test
    void copyDataMayUseANewEnumValue() {
        database.run("CREATE TYPE mood AS ENUM ('o'); CREATE TABLE m (x mood)");
        migrate("ALTER TYPE mood ADD VALUE 'n';\nCOPY m FROM stdin;\nn\n\\.\nSELECT 1;\n");
    }

    @Test
    void aRenamedFileGoesOnToo() {
        database.run("CREATE TABLE a (id int)");
        assertThat(failure("INSERT INTO a VALUES (1); VACUUM a; SELECT nowhere;"))
                .isNotNull();
        migrator(new Files().with("001_renamed.sql", "INSERT INTO a VALUES (1); VACUUM a; SELECT 1;"))
                .migrate(Target.HEAD);
        assertThat(column("SELECT id::text FROM a")).hasSize(1);
    }

    @Test
    void aRollbackOfNothingUndoesNothing() {
        database.run("CREATE TABLE a (id int)");
        migrate("INSERT INTO a VALUES (1); ROLLBACK; SELECT 1;");
        assertThat(column("SELECT id::text FROM a")).hasSize(1);
    }

    @Test
    void aBeginInATransactionBeginsNothing() {
        database.run("CREATE TABLE a (id int)");
        migrate("BEGIN; INSERT INTO a VALUES (1); BEGIN; INSERT INTO a VALUES (2); ROLLBACK;");
        assertThat(column("SELECT id::text FROM a")).isEmpty();
    }

    @Test
    void anIndexWithoutANameIsNotBuiltTwice() {
        database.run("CREATE TABLE a (id int)");
        String s = "CREATE INDEX CONCURRENTLY ON a (id);";
        migrate(s);
        killedAfter(0);
        assertThat(failure(s)).hasMessageContaining("without a name it cannot be told whether its index is there");
        assertThat(column("SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid='a'::regclass"))
                .hasSize(1);
    }

    @Test
    void anErrorInItsOwnBeginHasTheRightNumber() {
        assertThat(failure("CREATE TABLE a (id int);\nVACUUM a;\nBEGIN ISOLATION LEVEL wrong; SELECT 1; COMMIT;"))
                .hasMessageContaining("failed at statement 3");
    }

    @Test
    void aFailedCheckSaysWhatStays() {
        Files f = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);\nVACUUM a;")
                .with("001_a.verify.sql", "SELECT false;");
        assertThat(failure(migrator(f)).getMessage()).doesNotContain("nothing of the migration was kept");
    }

    @Test
    void aNamesakeInAnotherSchemaIsNotTakenForTheIndex() {
        database.run(
                "CREATE SCHEMA app; CREATE TABLE app.a (id int); CREATE TABLE public.a (id int); CREATE INDEX a_i ON public.a (id)");
        Files f = new Files().with("001_a.sql", "CREATE INDEX CONCURRENTLY a_i ON a (id);");
        migrator(database.dataSource(), settings("app"), f).migrate(Target.HEAD);
        database.run("DELETE FROM app.migration_history WHERE event <> 'STARTED' OR statement > 0; DROP INDEX app.a_i");
        migrator(database.dataSource(), settings("app"), f).migrate(Target.HEAD);
        assertThat(column("SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid='app.a'::regclass"))
                .hasSize(1);
    }

    @Test
    void sessionCharacteristicsOfTheDonePartAreMadeAgain() {
        String b = "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE; VACUUM pg_am; ";
        assertThat(failure(b + "SELECT nowhere;")).isNotNull();
        migrate(b + "CREATE TABLE w AS SELECT current_setting('transaction_isolation') AS u;");
        assertThat(column("SELECT u FROM w")).containsExactly("serializable");
    }

    @Test
    void doubtOutlastsARefusedStart() {
        String b = "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY a_i ON a (id);\nDROP INDEX CONCURRENTLY a_i;\n";
        migrate(b);
        killedAfter(2);
        assertThat(failure(b.replace("id int", "id bigint"))).isNotNull();
        migrate(b);
    }

    @Test
    void doubtOutlastsAStartThatDidNotComeToTheStatement() {
        String role = database.name() + "_r";
        database.run("CREATE ROLE " + role + "; CREATE TABLE b (id int); CREATE INDEX i ON b (id)");
        String script = "SET ROLE " + role + "; RESET ROLE; VACUUM b; DROP INDEX CONCURRENTLY i;";
        migrate(script);
        killedAfter(3);
        database.run("DROP ROLE " + role);
        assertThat(failure(script)).hasMessageContaining("does not exist");
        database.run("CREATE ROLE " + role);
        try {
            migrate(script);
        } finally {
            database.run("DROP ROLE " + role);
        }
        assertThat(events()).endsWith("APPLIED");
    }

    @Test
    void doubtOutlastsAnHonestStop() {
        database.run("CREATE TABLE a (id int)");
        String script = "CREATE INDEX CONCURRENTLY ON a (id);";
        migrate(script);
        killedAfter(0);

        assertThat(failure(script)).hasMessageContaining("without a name it cannot be told whether its index is there");
        assertThat(failure(script)).hasMessageContaining("without a name it cannot be told whether its index is there");
    }

    @Test
    void aHalfDoneMigrationWithoutItsFileIsNotUpToDate() {
        Files f = new Files().with("001_a.sql", "CREATE TABLE a (id int);").with("003_c.sql", "SELECT 1;");
        migrator(f.without("003_c.sql")).migrate(Target.HEAD);
        assertThat(failure(migrator(f.with("002_b.sql", "ALTER TABLE a ADD x int; VACUUM a; SELECT nowhere;"))))
                .isNotNull();

        assertThat(migrator(f).status().summary()).isEqualTo(Summary.FAILED);
        assertThat(migrator(f.without("003_c.sql")).status().summary()).isEqualTo(Summary.AHEAD);
    }

    @Test
    void aStatementThatWasDoneWhileItsRowFailedIsInDoubt() {
        Files files = new Files().with("000_x.sql", "CREATE TABLE b (id int);");
        migrator(files).migrate(Target.HEAD);
        database.run("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full'; END $$;
                CREATE TRIGGER refuse BEFORE INSERT ON migration_history
                    FOR EACH ROW WHEN (NEW.statement = 1) EXECUTE FUNCTION refuse()""");
        Files more = files.with("001_i.sql", "CREATE INDEX CONCURRENTLY i ON b (id); SELECT 1;");
        assertThat(failure(migrator(more))).hasMessageContaining("disk full");
        database.run("DROP TRIGGER refuse ON migration_history");

        migrator(more).migrate(Target.HEAD);

        assertThat(events()).containsExactly("APPLIED", "STARTED 0", "STARTED 1", "APPLIED");
    }

    @Test
    void anIndexOfThatNameOnAnotherTableIsNotTakenForIt() {
        database.run("CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE INDEX i ON a (id)");

        assertThat(failure("CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON b (id);"))
                .hasMessageContaining("failed at statement 1.\n  at classpath:db/migration/001_script.sql:1:1\n"
                        + "  There is no valid index i on b.")
                .hasMessageContaining("choose another name");
    }

    @Test
    void aRedoDoesNotLoseTheTextOfTheRun() {
        database.run("CREATE TABLE a (id int); CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN COMMIT; END'");
        String begin = "VACUUM a; SELECT 1;";
        assertThat(failure(begin + " SELECT nowhere;")).isNotNull();
        assertThat(failure(begin + " SELECT 3; CALL p(); SELECT nowhere;")).isNotNull();

        migrate(begin + " SELECT 3; CALL p(); SELECT 5;");

        assertThat(events()).endsWith("APPLIED");
    }
}
