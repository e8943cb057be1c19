package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.postgresql.PostgresSettings.Limits;
import io.mhras.migrations.testing.Files;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresScriptsTest extends PostgresTest {

    @Test
    void aLongScriptIsOneTransaction() {
        migrate("CREATE TABLE a (id int, x xid DEFAULT pg_current_xact_id()::xid);\n"
                + "INSERT INTO a (id) VALUES (1);\n".repeat(3_000));

        assertThat(column("SELECT count(*) || ' ' || count(DISTINCT x::text) FROM a"))
                .containsExactly("3000 1");
    }

    @Test
    void theServerTellsTheDuration() {
        migrate("SELECT pg_sleep(0.25);");

        assertThat(jdbc.queryForObject("SELECT execution_ms FROM migration_history", Long.class))
                .isGreaterThanOrEqualTo(250);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void charactersThatMeanSomethingToDriversReachTheServerUntouched(boolean isDriverInSight) {
        DataSource dataSource = isDriverInSight ? database.dataSource() : withoutPgjdbc();
        String script = """
                CREATE TABLE a (t text);
                INSERT INTO a VALUES ('?'), (':name'), ('$1'), ('${undeclared}'), ('{d 2020-01-01}'), ('a\\b'), (E'\\'');
                INSERT INTO a SELECT 'jsonb' WHERE '{"k": 1}'::jsonb ? 'k' AND '{"k": 1}'::jsonb ?| ARRAY['k', 'l']
                    AND '{"k": 1, "l": 2}' ::jsonb ?& ARRAY['k', 'l'] AND '{"k": [1]}'::jsonb @? '$.k[*] ? (@ > 0)';
                INSERT INTO a VALUES ((ARRAY['slice', 'b'])[1:1]::text[]::text) /* ? :name $1 ${x} {fn now()} ; */ -- ? :n $1 ${x};
                ;
                CREATE TABLE "what? :is $1 ${this} {ts}" (";" int);
                CREATE RULE r AS ON DELETE TO a DO (SELECT '?'; SELECT 1);
                CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS $$ SELECT $1 + 1 /* ? :x ${y} */ $$;
                CREATE FUNCTION g(int) RETURNS int LANGUAGE plpgsql AS $body$
                BEGIN
                    RETURN (SELECT count(*) FROM a WHERE '{"k": 1}'::jsonb ? 'k' AND t = ':x ${y} $1' OR $1 = 2); -- it's
                END $body$;
                CREATE FUNCTION h(n int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN '?' = ':n' THEN 1 ELSE $1 END; END;
                DO $$ BEGIN INSERT INTO a VALUES ('? :x $1 ${y} {d}'); END $$;
                """;
        migrator(dataSource, PostgresSettings.DEFAULT, new Files().with("001_script.sql", script))
                .migrate(Target.HEAD);

        assertThat(column("SELECT t FROM a"))
                .containsExactly(
                        "?",
                        ":name",
                        "$1",
                        "${undeclared}",
                        "{d 2020-01-01}",
                        "a\\b",
                        "'",
                        "jsonb",
                        "{slice}",
                        "? :x $1 ${y} {d}");
        assertThat(column("SELECT prosrc FROM pg_proc WHERE proname IN ('f', 'g') ORDER BY proname"))
                .first()
                .isEqualTo(" SELECT $1 + 1 /* ? :x ${y} */ ");
        assertThat(column("SELECT h(f(1)) || ' ' || g(2)")).containsExactly("2 10");
        assertThat(exists("\"what? :is $1 ${this} {ts}\"")).isTrue();
    }

    @Test
    void copyDataWantTheDriverInSight() {
        Files files = new Files().with("001_a.sql", "CREATE TABLE a (id int);\nCOPY a FROM stdin;\n1\n\\.\n");

        assertThat(failure(migrator(withoutPgjdbc(), PostgresSettings.DEFAULT, files)))
                .hasMessageContaining("001_a.sql:2:1")
                .hasMessageContaining("needs PostgreSQL's driver, and this connection hides it")
                .hasMessageContaining("'mhras.migrations.postgresql.url'");
        assertThat(exists("a")).isFalse();
    }

    @Test
    void stringsWithBackslashEscapesAreReadAsTheScriptSaysAndTheHistoryIsStillRight() {
        migrate("SET standard_conforming_strings = off;\nSET escape_string_warning = off;\n"
                + "CREATE TABLE a (t text);\nINSERT INTO a VALUES ('it\\'s; here'), ('x');\n");

        assertThat(column("SELECT t FROM a")).containsExactly("it's; here", "x");
        assertThat(column("SELECT up_script FROM migration_history"))
                .singleElement()
                .asString()
                .contains("('it\\'s; here')");
    }

    @Test
    void aDatabaseThatReadsBackslashesAsEscapesGetsItsScriptsSplitThatWay() {
        String setting = " SET standard_conforming_strings = off";
        database.run("ALTER DATABASE " + database.name() + setting);
        String script = """
                SET escape_string_warning = off;
                CREATE TABLE a (t text);
                INSERT INTO a VALUES ('it\\'s; here'), ('x');
                SET standard_conforming_strings = on;
                INSERT INTO a VALUES ('\\'); INSERT INTO a VALUES (';');
                RESET standard_conforming_strings;
                INSERT INTO a VALUES ('\\'; again');
                VACUUM a;
                INSERT INTO a VALUES ('\\'; SELECT');
                """;
        assertThat(failure(script + "SELECT nowhere;")).hasMessageContaining("failed at statement 11");

        migrate(script + "SELECT '\\'; 1';");

        assertThat(column("SELECT t FROM a")).containsExactly("it's; here", "x", "\\", ";", "'; again", "'; SELECT");
    }

    @Test
    void copyDataInTheScriptIsLoadedInTheSameTransaction() {
        migrate("CREATE TABLE a (id int, t text);\nCOPY a (id, t) FROM stdin;\n1\tone; two\n2\t\\N\n\\.\nSELECT 1;\n");
        assertThat(column("SELECT coalesce(t, 'null') FROM a ORDER BY id")).containsExactly("one; two", "null");

        MigrationException failure = failure(migrator(new Files()
                .with(
                        "001_script.sql",
                        "CREATE TABLE a (id int, t text);\nCOPY a (id, t) FROM stdin;\n1\tone; two\n2\t\\N\n\\.\nSELECT 1;\n")
                .with("002_b.sql", "CREATE TABLE b (id int);\nCOPY b FROM stdin;\n1\nx\n\\.\n")));
        assertThat(failure)
                .hasMessageContaining("002_b.sql:2:1")
                .hasMessageContaining("invalid input syntax for type integer: \"x\"")
                .hasMessageContaining("COPY b, line 2");
        assertThat(exists("b")).isFalse();
    }

    @Test
    void noCharacterOfCopyDataIsCutInTwo() {
        String pairs = "\uD83D\uDE00".repeat(100_000);
        migrate("CREATE TABLE a (id int, t text);\nCOPY a FROM stdin;\n1\t" + pairs + "\n2\tx" + pairs + "\n\\.\n");

        assertThat(column("SELECT DISTINCT ltrim(t, 'x') FROM a")).containsExactly(pairs);
    }

    @Test
    void aCheckThatHoldsIsKeptAndOneThatDoesNotUndoesTheMigration() {
        Files holds = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);")
                .with("001_a.verify.sql", "SELECT 1;\nSELECT count(*) = 0 AS empty FROM a;");
        migrator(holds).migrate(Target.HEAD);

        MigrationException failure = failure(migrator(holds.with("002_b.sql", "CREATE TABLE b (id int);")
                .with("002_b.verify.sql", "SELECT true;\n\nSELECT\n    count(*) = 1 AS has_a_row\nFROM b;")));

        assertThat(failure).isInstanceOf(ScriptFailed.class).hasMessage("""
                The check 002_b.verify.sql does not hold; nothing of the migration was kept.
                  at classpath:db/migration/002_b.verify.sql:3:1

                    SELECT
                        count(*) = 1 AS has_a_row
                    FROM b

                  Column 'has_a_row' is false.

                What to do: Correct the migration or its check, and start again.""");
        assertThat(exists("b")).isFalse();
        assertThat(column("SELECT event || version FROM migration_history")).containsExactly("APPLIED001", "FAILED002");
    }

    @Test
    void aCheckThatFailsTwiceIsRecordedOnce() {
        Files files = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);")
                .with("001_a.verify.sql", "SELECT false AS is_right;\nSELECT true;\nSELECT false;");

        assertThat(failure(migrator(files))).hasMessageContaining("Column 'is_right' is false.");
        assertThat(column("SELECT event FROM migration_history")).containsExactly("FAILED");
        assertThat(exists("a")).isFalse();
    }

    @Test
    void aRepairKeepsTheWayBack() {
        Files files = new Files().with("001_a.sql", "CREATE TABLE a (id int);").with("001_a.down.sql", "DROP TABLE a;");
        migrator(files).migrate(Target.HEAD);
        Files reformatted = new Files().with("001_a.sql", "-- now with a comment\nCREATE TABLE a (id int);");

        migrator(reformatted).repair();
        migrator(reformatted).rollback(Target.BASE);

        assertThat(exists("a")).isFalse();
    }

    @Test
    void aDeferredConstraintIsTheScriptsAffairAndNotItsChecks() {
        Files files = new Files()
                .with(
                        "001_a.sql",
                        "CREATE TABLE a (id int PRIMARY KEY, b int REFERENCES a DEFERRABLE INITIALLY DEFERRED);"
                                + " INSERT INTO a VALUES (1, 2);")
                .with("001_a.verify.sql", "SELECT true;");

        assertThat(failure(migrator(files))).hasMessageStartingWith("001_a.sql failed; nothing of it was kept.");
    }

    @Test
    void aCheckThatTheServerRefusesNamesTheCheck() {
        Files files = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);")
                .with("001_a.verify.sql", "SELECT nmae FROM a;");

        assertThat(failure(migrator(files))).hasMessageContaining("001_a.verify.sql:1:8");
        assertThat(exists("a")).isFalse();
    }

    @Test
    void theStatementTimeoutHolds() {
        PostgresSettings settings =
                PostgresSettings.DEFAULT.with(new Limits(Duration.ZERO, Duration.ofMillis(100), Duration.ZERO));

        assertThat(failure(migrator(
                        database.dataSource(), settings, new Files().with("001_a.sql", "SELECT pg_sleep(30);"))))
                .hasMessageContaining("canceling statement due to statement timeout")
                .hasMessageContaining("Raise the setting 'mhras.migrations.postgresql.statement-timeout'");
    }

    @Test
    void theHistorySaysWhoDidWhatAndKeepsTheScripts() {
        migrator(new Files().with("001_a.sql", "CREATE TABLE a (id int);").with("001_a.down.sql", "DROP TABLE a;"))
                .migrate(Target.HEAD);

        assertThat(jdbc.queryForMap("SELECT * FROM migration_history"))
                .containsEntry("event", "APPLIED")
                .containsEntry("version", "001")
                .containsEntry("description", "a")
                .containsEntry("script", "001_a.sql")
                .containsEntry("up_script", "CREATE TABLE a (id int);")
                .containsEntry("down_script", "DROP TABLE a;")
                .containsEntry("application", "migrations")
                .containsEntry("applied_by", jdbc.queryForObject("SELECT current_user", String.class))
                .containsKeys("host", "applied_at", "fingerprint", "checksum", "execution_ms");
    }

    @Test
    void aCleanDropsWhatMigrationsMadeAndLeavesExtensionsAndOtherSchemas() {
        database.run("CREATE SCHEMA somebody_elses; CREATE TABLE somebody_elses.t (id int);"
                + " CREATE SCHEMA shared; CREATE TABLE shared.t (id int)");
        Files files = new Files().with("001_all.sql", """
                        CREATE EXTENSION IF NOT EXISTS pgcrypto;
                        CREATE SCHEMA "Made";
                        CREATE SCHEMA made_too;
                        CREATE SCHEMA IF NOT EXISTS shared;
                        CREATE TYPE mood AS ENUM ('good', 'bad');
                        CREATE DOMAIN positive AS int CHECK (VALUE > 0);
                        CREATE TYPE pair AS (a int, b int);
                        CREATE TABLE "Made".t (id serial PRIMARY KEY, m mood, p positive);
                        CREATE TABLE parts (id int) PARTITION BY RANGE (id);
                        CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (2);
                        CREATE VIEW made_too.v AS SELECT * FROM "Made".t;
                        CREATE MATERIALIZED VIEW m AS SELECT 1;
                        CREATE SEQUENCE s;
                        CREATE FUNCTION f(mood) RETURNS int LANGUAGE sql AS 'SELECT 1';
                        CREATE AGGREGATE agg(int) (sfunc = int4pl, stype = int);
                        CREATE AGGREGATE own_rank(VARIADIC "any" ORDER BY VARIADIC "any")
                            (sfunc = ordered_set_transition_multi, stype = internal, finalfunc = rank_final,
                             finalfunc_extra, hypothetical);
                        CREATE PROCEDURE pr() LANGUAGE sql AS 'SELECT 1';
                        CREATE COLLATION co FROM "C";
                        """);
        var migrator = migrator(files).with(new MigratorSettings(OutOfOrder.FAIL, true));
        migrator.migrate(Target.HEAD);

        assertThat(migrator.clean())
                .contains("table \"Made\".t", "table public.migration_history", "schema \"Made\"", "type public.mood")
                .noneMatch(object -> object.contains("somebody") || object.contains("crypt"));

        assertThat(exists("somebody_elses.t") && exists("shared.t")).isTrue();
        assertThat(column("SELECT extname FROM pg_extension WHERE extname = 'pgcrypto'"))
                .hasSize(1);
        assertThat(column("SELECT gen_salt('md5')")).hasSize(1);
        migrator.migrate(Target.HEAD);
        assertThat(exists("\"Made\".t")).isTrue();
    }
}
