package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Adopt;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.engine.UndeclaredPlaceholders;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.Psql.Outcome;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a script for psql does not do, and what it reports then. */
class OfflineRefusalTest extends OfflineTest {

    @Test
    void aScriptCannotRunTwice() {
        String script = script(TWO_TABLES, "base", "head");
        runs(script);
        assertThat(fails(script).output())
                .contains(
                        "this script begins at base, and the history \"public\".\"migration_history\" is where it ends:"
                                + " it was run already; nothing was done")
                .contains("Its newest row: APPLIED 002 (002_b.sql).");
        assertThat(fails(script(TWO_TABLES, "base", "001")).output())
                .contains("this script begins at base, and the history \"public\".\"migration_history\" is not at base;"
                        + " nothing was done")
                .contains("Its newest row: APPLIED 002 (002_b.sql).")
                .contains("migrations script FROM:TO");
        runs(downScript(TWO_TABLES, "002", "001"));
        assertThat(fails(downScript(TWO_TABLES, "002", "001")).output())
                .contains("begins at 002", "it was run already; nothing was done");
    }

    @Test
    void aScriptThatBeginsElsewhereIsRefused() {
        assertThat(fails(script(TWO_TABLES, "001", "head")).output()).contains("It has no rows.");
        Files changed = TWO_TABLES.with("001_a.sql", "CREATE TABLE a (id bigint);");
        runs(script(TWO_TABLES, "base", "001"));
        assertThat(fails(script(changed, "001", "head")).output()).contains("is not at 001; nothing was done");
    }

    @Test
    void aHistoryThatRowLevelSecurityMayHideIsNotTakenForAnEmptyOne() {
        runs(script(TWO_TABLES, "base", "001"));
        String user = "reader_" + other.name();
        other.run("CREATE ROLE " + user + " LOGIN PASSWORD 'hush'; GRANT CREATE, USAGE ON SCHEMA public TO " + user
                + "; GRANT SELECT, INSERT ON migration_history TO " + user
                + "; ALTER TABLE migration_history ENABLE ROW LEVEL SECURITY");
        try {
            assertThat(fails("SET ROLE " + user + ";\n" + script(TWO_TABLES, "base", "head"))
                            .output())
                    .contains("row-level security may hide the history \"public\".\"migration_history\" from " + user
                            + "; nothing was done")
                    .contains("Run this script as the owner of the table, or give this user a policy that shows all");
        } finally {
            other.run("DROP OWNED BY " + user + "; DROP ROLE " + user);
        }
    }

    @Test
    void whatIsArchivedIsNotInTheWay() {
        migrator(other.dataSource(), PostgresSettings.DEFAULT, TWO_TABLES).migrate(Target.HEAD);
        Files later = new Files().with("002_b.sql", "CREATE TABLE b (id int);").with("003_c.sql", "CREATE TABLE c ();");
        migrator(other.dataSource(), PostgresSettings.DEFAULT, later).repair();

        assertThat(fails(script(later, "base", "head")).output()).contains("is not at base; nothing was done");
        runs(script(later, "002", "head"));

        Migrator migrator = migrator(other.dataSource(), PostgresSettings.DEFAULT, later);
        assertThat(migrator.plan(Target.HEAD).isEmpty()).isTrue();
        assertThat(migrator.status().migrations())
                .extracting(status -> status.version() + " " + status.state())
                .containsExactlyInAnyOrder("001 ARCHIVED", "002 APPLIED", "003 APPLIED");
    }

    @Test
    void aScriptThatStoppedHalfWayIsFinishedFirst() {
        Files files = TWO_TABLES.with("002_b.sql", "CREATE TABLE b (id int); VACUUM b; SELECT 1/0;");
        runs(script(TWO_TABLES, "base", "001"));
        Outcome stopped = psql.run(other, script(files, "001", "head"));
        assertThat(stopped.exitCode()).isEqualTo(3);
        assertThat(fails(script(files, "001", "head")).output())
                .contains("a script came to a stop half-way: STARTED 002 (002_b.sql)")
                .contains("migrations apply");
        Files mended = files.with("002_b.sql", "CREATE TABLE b (id int); VACUUM b; SELECT 1;");
        migrator(other.dataSource(), PostgresSettings.DEFAULT, mended).migrate(Target.HEAD);
        assertThat(migrator(other.dataSource(), PostgresSettings.DEFAULT, mended)
                        .plan(Target.HEAD)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aScriptDoesNotRunBesideAnother() throws SQLException {
        runs(script(TWO_TABLES, "base", "001"));
        String script = script(TWO_TABLES, "001", "head");
        try (var session = new PostgresDriver(other.dataSource(), PostgresSettings.DEFAULT).open(activity -> {})) {
            assertThat(session.newest()).isPresent();
            assertThat(fails(script).output())
                    .contains("another session migrates the history \"public\".\"migration_history\"; nothing was done")
                    .contains("It is process ")
                    .contains("Run this script again when it is done.");
        }
        runs(script);
    }

    @Test
    void aScriptIsNotOneTransaction() {
        Outcome outcome = psql.run(other, script(TWO_TABLES, "base", "head"), "--single-transaction");
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.output())
                .contains("begins and ends its transactions itself")
                .contains("--single-transaction");
    }

    @Test
    void anotherHistoryInSightHasToBeMeant() {
        String script = script(TWO_TABLES, "base", "head");
        runs(script(TWO_TABLES, "base", "001"));
        other.run("CREATE SCHEMA postgres");
        other.run("ALTER DATABASE " + other.name() + " SET search_path = postgres, public");
        assertThat(fails(script).output())
                .contains("comes first in the search_path")
                .contains("--schema");
        other.run("ALTER DATABASE " + other.name() + " SET search_path = nowhere");
        assertThat(fails(script).output())
                .contains("there is no schema for the history")
                .contains("--schema");
    }

    @Test
    void aCheckThatDoesNotHoldKeepsNothing() {
        Files files = TWO_TABLES.with("001_a.verify.sql", """
                SET LOCAL work_mem = '8MB';
                SELECT 'false' AS text, true AS yes;
                SELECT true, 1 = 2 FROM (VALUES ($query$x$query$)) AS v(x);
                """);
        Outcome outcome = psql.run(other, script(files, "base", "head"));
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.output())
                .contains("the check 001_a.verify.sql does not hold: column '?column?' is false")
                .contains("classpath:db/migration/001_a.verify.sql:3:1")
                .contains("Its transaction was rolled back.");
        assertThat(history(other)).isEmpty();
        leavesWhatApplyLeaves(files.with("001_a.verify.sql", """
                WITH x AS (SELECT 1) SELECT true FROM x; -- holds
                CREATE TEMP TABLE y AS SELECT false AS no; INSERT INTO y VALUES (true);
                (SELECT true); INSERT INTO y VALUES (true) RETURNING no; SELECT 1 AS z INTO TEMP z"""));
    }

    @Test
    void aRepeatableWithDataRunsOnceMore() {
        Files files = TWO_TABLES.with(
                "R_d.sql", "CREATE TABLE IF NOT EXISTS d (t text); TRUNCATE d;\nCOPY d FROM stdin;\nit's\n\\.\n");
        leavesWhatApplyLeaves(files);
        Files withDown = files.with("R_d.down.sql", "COPY a FROM stdin;\n1\n\\.\n");
        assertThatThrownBy(() -> downScript(withDown, "head", "base"))
                .isInstanceOf(MigrationException.InvalidMigration.class)
                .hasMessageContaining("R_d.down.sql: psql cannot decide whether to take this back")
                .hasMessageContaining("Write INSERT in place of COPY");
    }

    @Test
    void whatPsqlCannotDoIsRefused() {
        assertThatThrownBy(() -> script(TWO_TABLES, "+1", "head"))
                .isInstanceOf(MigrationException.InvalidTarget.class)
                .hasMessageContaining("'+1' does not say where a script begins.")
                .hasMessageContaining("use base, head, or a version");
        assertThatThrownBy(() ->
                        script(new Files().with("001_c.sql", "\\connect x y otherhost\nSELECT 1;"), "base", "head"))
                .isInstanceOf(MigrationException.InvalidMigration.class)
                .hasMessageContaining("leads to another server");
        assertThatThrownBy(() -> script(
                        new Files().with("001_r.sql", "SELECT 1;\nBEGIN READ ONLY; SELECT 1; COMMIT;"), "base", "head"))
                .isInstanceOf(MigrationException.InvalidMigration.class)
                .hasMessageContaining("001_r.sql:2:1: psql cannot find out")
                .hasMessageContaining("Take READ ONLY out");
    }

    @Test
    void anotherToolsHistoryIsRefusedBesideAnEmptyOneOfOurs() {
        other.run("CREATE TABLE ran (installed_rank int PRIMARY KEY, version text, type text, script text, success"
                + " boolean); INSERT INTO ran VALUES (1, '1', 'SQL', 'V1__a.sql', true)");

        for (String from : List.of("base", "001")) {
            assertThat(fails(script(TWO_TABLES, from, "head")).output())
                    .contains(
                            "another tool has migrated this database, and the history of these files is empty: the table"
                                    + " public.ran of flyway has 1 rows; nothing was done")
                    .contains("Take over what it has applied: 'migrations adopt'.");
        }
        Migrator beside = new Migrator(
                        new PostgresDriver(other.dataSource(), PostgresSettings.DEFAULT), TWO_TABLES::set)
                .with(new MigratorSettings(OutOfOrder.FAIL, false, UndeclaredPlaceholders.WARN, Adopt.NONE));
        runs(script(PostgresSettings.DEFAULT, beside.planOffline(List.of(Target.BASE), Target.HEAD)));
        assertThat(beside.status().pending()).isZero();
    }

    @Test
    void tablesWithTheNamesOfOtherToolsAreNoHistories() {
        other.run("CREATE TABLE changelog (version text, title text); INSERT INTO changelog VALUES ('1', 'a');"
                + " CREATE TABLE schema_migrations (version text, id int); INSERT INTO schema_migrations VALUES ('1', 1);"
                + " CREATE TABLE alembic_version (version_num text); CREATE TABLE migrations (filename text, applied_at"
                + " timestamptz)");

        runs(script(TWO_TABLES, "base", "head"));
    }

    @Test
    void aListWithAVersionAndATimeIsAHistoryToo() {
        other.run("CREATE TABLE migrations (filename text, applied_at timestamptz);"
                + " INSERT INTO migrations VALUES ('001_a.sql', now())");

        assertThat(fails(script(TWO_TABLES, "base", "head")).output())
                .contains("the table public.migrations of another tool has 1 rows");
    }
}
