package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Target;
import io.mhras.migrations.testing.Catalog;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.Psql.Outcome;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

class OfflineScriptTest extends OfflineTest {

    @Test
    void aScriptGoesOnFromAVersion() {
        migrator(TWO_TABLES).migrate(Target.HEAD);
        runs(script(TWO_TABLES, "base", "001"));
        runs(script(TWO_TABLES, "1", "head"));
        assertSame(TWO_TABLES);
    }

    @Test
    void aBaselineRunsInPlaceOfWhatItStandsFor() {
        Files files = TWO_TABLES
                .with("B001__all.sql", "CREATE TABLE a (id int);")
                .without("001_a.sql")
                .without("001_a.down.sql");
        leavesWhatApplyLeaves(files);
        assertThat(migrator(files).history().get(1).event()).isEqualTo(Event.BASELINED);
    }

    @Test
    void anOlderTableGetsTheColumnsThatItLacks() {
        psql.run(other, OLDER_HISTORY);
        leavesWhatApplyLeaves(TWO_TABLES);
    }

    /** Files with such names are refused; a history can have them nevertheless. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void noNameBreaksTheCommentThatItStandsIn(String lineEnd, @TempDir Path folder) {
        Path made = folder.resolve("made");
        String name = "001_a" + lineEnd + "\\! touch " + made + lineEnd + "SELECT 1/0;.sql";
        Files files = new Files().with(name, "CREATE TABLE a ();").with("001_a.verify.sql", "SELECT true;");

        String script = script(files, "base", "head");
        runs(script);

        assertThat(made).doesNotExist();
        assertThat(script)
                .contains("-- apply 001 ")
                .contains(name.replace("\r", "\\x0d").replace("\n", "\\x0a"));
    }

    @Test
    void aDownScriptLeavesWhatRollbackLeaves() {
        Files files = TWO_TABLES
                .with("R_v.sql", "CREATE OR REPLACE VIEW v AS SELECT * FROM a;")
                .with("R_v.down.sql", "DROP VIEW v;")
                .with("R_w.sql", "CREATE OR REPLACE FUNCTION w() RETURNS int RETURN 1;");
        migrator(files).migrate(Target.HEAD);
        migrator(other.dataSource(), PostgresSettings.DEFAULT, files).migrate(Target.HEAD);
        migrator(files).rollback(Target.BASE);
        runs(downScript(files, "head", "base"));
        assertThat(history(other)).isEqualTo(history(database));
        assertThat(Catalog.of(other.dataSource())).isEqualTo(Catalog.of(database.dataSource()));
        leavesWhatApplyLeaves(files);
    }

    @Test
    void aRepeatableRunsWhereItHasChanged() {
        Files old = TWO_TABLES
                .without("002_b.sql")
                .without("002_b.down.sql")
                .with("R_v.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS one;")
                .with("R_w.sql", "CREATE OR REPLACE VIEW w AS SELECT 1 AS one;");
        Files files = TWO_TABLES
                .with("R_v.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS one, 2 AS two;")
                .with("R_w.sql", "CREATE OR REPLACE VIEW w AS SELECT 1 AS one;");
        migrator(old).migrate(Target.HEAD);
        migrator(other.dataSource(), PostgresSettings.DEFAULT, old).migrate(Target.HEAD);
        migrator(files).migrate(Target.HEAD);
        runs(script(files, "001", "head"));
        assertSame(files);
    }

    @Test
    void aRepeatableThatIsOlderThanWhatGoesStays() {
        Files old =
                TWO_TABLES.without("002_b.sql").without("002_b.down.sql").with("R_v.sql", "CREATE VIEW v AS SELECT 1;");
        Files files = TWO_TABLES.with("R_v.sql", "CREATE VIEW v AS SELECT 1;").with("R_v.down.sql", "DROP VIEW v;");
        for (TestDatabase one : List.of(database, other)) {
            migrator(one.dataSource(), PostgresSettings.DEFAULT, old).migrate(Target.HEAD);
            migrator(one.dataSource(), PostgresSettings.DEFAULT, files).migrate(Target.HEAD);
        }
        migrator(files).rollback(Target.parse("001"));
        runs(downScript(files, "002", "001"));
        assertThat(history(other)).isEqualTo(history(database)).hasSize(4);
        assertThat(Catalog.of(other.dataSource())).isEqualTo(Catalog.of(database.dataSource()));
    }

    @Test
    void whatPsqlWouldReplaceIsLeftAsItStands() {
        leavesWhatApplyLeaves("""
                CREATE TABLE t (id int, host text DEFAULT ':HOST', tags int[]);
                -- :USER says \\q
                INSERT INTO t SELECT "PORT", 'a\\b' || E'\\\\c', (ARRAY[1, 2, 3])[1:"PORT"]
                    FROM (SELECT 2 AS "PORT") AS two;
                INSERT INTO t SELECT n, 'x', (ARRAY[1, 2, 3])[1:n] FROM (SELECT 2 AS n) AS two; -- the end :n
                DO $$ BEGIN PERFORM ':HOST', 1 /* $mhras$ */; END $$;
                """);
    }

    @Test
    void aVariableOfPsqlIsNotPutIn() {
        String script = script(
                new Files()
                        .with(
                                "001_script.sql",
                                "CREATE TABLE u AS SELECT (ARRAY[1, 2, 3])[1:n] AS a FROM (SELECT 2 AS n) AS two"),
                "base",
                "head");
        assertThat(psql.run(other, script, "-v", "n=3").exitCode()).isZero();
        assertThat(new JdbcTemplate(other.dataSource()).queryForObject("SELECT array_length(a, 1) FROM u", int.class))
                .isEqualTo(2);
    }

    @Test
    void copyDataStandAsTheyAre() {
        leavesWhatApplyLeaves("""
                CREATE TABLE t (id int, name text);
                COPY t FROM stdin;
                1\tit's :HOST $mhras$ \\\\ back
                2\tJosé \\N
                \\.
                UPDATE t SET id = id + 1;
                COPY t FROM stdin;
                9\tno line end""");
        assertThat(new JdbcTemplate(other.dataSource()).queryForList("SELECT name FROM t ORDER BY id", String.class))
                .isEqualTo(jdbc.queryForList("SELECT name FROM t ORDER BY id", String.class))
                .hasSize(3);
    }

    @Test
    void whatCannotBeInATransactionStandsOutside() {
        leavesWhatApplyLeaves(new Files()
                .with(
                        "001_t.sql",
                        "CREATE TABLE t (id int); CREATE INDEX CONCURRENTLY i ON t (id); CREATE TABLE u (id int);")
                .with("001_t.verify.sql", "SELECT count(*) = 1 AS has_index FROM pg_indexes WHERE indexname = 'i';")
                .with("002_v.sql", "VACUUM t;")
                .with(
                        "003_own.sql",
                        "BEGIN; CREATE TABLE o (id int); COMMIT; BEGIN; CREATE TABLE p (id int); ROLLBACK;")
                .with(
                        "004_each.sql",
                        "-- migrate:transaction none\nCREATE TABLE q (id int); CREATE TABLE r (id int);"));
    }

    @Test
    void aNewEnumValueIsCommittedBeforeItIsUsed() {
        leavesWhatApplyLeaves(new Files()
                .with("001_e.sql", "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (e e);")
                .with(
                        "002_e.sql",
                        "ALTER TYPE e ADD VALUE 'b'; INSERT INTO t VALUES ('a'); INSERT INTO t VALUES ('b');"));
        // The server decides whether an enum that the transaction made is an exception; psql is told to be careful.
        Files made = new Files()
                .with(
                        "001_e.sql",
                        "CREATE TYPE f AS ENUM ('a'); ALTER TYPE f ADD VALUE 'b'; CREATE TABLE u AS SELECT 'b'::f;");
        try (TestDatabase third = TestServer.newDatabase()) {
            assertThat(psql.run(third, script(made, "base", "head")).exitCode()).isZero();
        }
    }

    @Test
    void aProcedureThatCommitsRunsByItself() {
        leavesWhatApplyLeaves("""
                CREATE TABLE t (id int);
                CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (1); COMMIT; END $$;
                CALL p();
                DO $$ BEGIN INSERT INTO t VALUES (2); COMMIT; END $$;
                """);
    }

    @Test
    void batchesGoOnUntilNothingIsLeft() {
        leavesWhatApplyLeaves(new Files()
                .with("001_t.sql", "CREATE TABLE t AS SELECT NULL::int AS n FROM generate_series(1, 25);")
                .with("002_fill.sql", """
                        -- migrate:batch size=10 pause=1ms
                        UPDATE t SET n = 1 WHERE ctid IN (SELECT ctid FROM t WHERE n IS NULL LIMIT :batch);
                        """)
                .with("002_fill.verify.sql", "SELECT NOT EXISTS (SELECT FROM t WHERE n IS NULL);"));
    }

    @Test
    void noSessionStateLeaksFromFileToFile() {
        other.run("CREATE ROLE " + other.name() + "_role; GRANT ALL ON SCHEMA public TO " + other.name() + "_role");
        try {
            leavesWhatApplyLeaves(new Files()
                    .with("001_dump.sql", """
                            SELECT pg_catalog.set_config('search_path', '', false);
                            SET standard_conforming_strings = off; SET DateStyle = 'German';
                            CREATE TEMP TABLE scratch (id int);
                            CREATE TABLE public.a (id int, t text DEFAULT 'a\\'b');
                            """)
                    .with(
                            "002_b.sql",
                            "CREATE TEMP TABLE scratch (id int); CREATE TABLE b (id int, t text DEFAULT 'a\\b');")
                    .with(
                            "003_role.sql",
                            "CREATE SCHEMA s; SET search_path = s; CREATE TABLE migration_history (id int);"));
        } finally {
            other.run("DROP OWNED BY " + other.name() + "_role; DROP ROLE " + other.name() + "_role");
        }
    }

    @Test
    void aConnectBeginsAnewWithoutLeavingTheSession() {
        Files files =
                new Files().with("001_c.sql", "SET search_path = pg_temp;\n\\connect - -\nCREATE TABLE a (id int);\n");
        leavesWhatApplyLeaves(files);
        Outcome away = psql.run(
                other,
                script(new Files().with("001_c.sql", "\\connect template1\nCREATE TABLE x (id int);"), "base", "head")
                        .replaceAll("decode\\('0{64}', 'hex'\\)", "decode('" + newestFingerprint() + "', 'hex')"));
        assertThat(away.exitCode()).isEqualTo(3);
        assertThat(away.output()).contains("\\connect template1 leads away from here");
    }

    private String newestFingerprint() {
        return String.valueOf(new JdbcTemplate(other.dataSource())
                .queryForObject("SELECT fingerprint FROM migration_history ORDER BY id DESC LIMIT 1", String.class));
    }

    @Test
    void aSchemaThatIsNamedIsMadeAndComesFirst() {
        PostgresSettings settings = PostgresSettings.DEFAULT.in("Clínic \"x\"", "his'tory");
        Files files = TWO_TABLES;
        migrator(database.dataSource(), settings, files).migrate(Target.HEAD);
        runs(script(settings, files, "base", "head"));
        assertThat(Catalog.of(other.dataSource())).isEqualTo(Catalog.of(database.dataSource()));
        assertThat(migrator(other.dataSource(), settings, files)
                        .plan(Target.HEAD)
                        .isEmpty())
                .isTrue();
    }
}
