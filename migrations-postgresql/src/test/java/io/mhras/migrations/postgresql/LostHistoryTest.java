package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.Target;
import io.mhras.migrations.testing.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script that takes the history away: which statement did it is said, and nothing is lost. */
class LostHistoryTest extends PostgresTest {

    private static final Files FIRST = new Files().with("001_a.sql", "CREATE TABLE a (id int);");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public",
                "ALTER SCHEMA public RENAME TO older; CREATE SCHEMA public",
                "ALTER SCHEMA \"public\" RENAME TO older",
                "DROP TABLE public.migration_history",
                "ALTER TABLE migration_history RENAME TO older",
                "ALTER TABLE IF EXISTS migration_history SET SCHEMA other",
                "DO $$ BEGIN EXECUTE format('DROP SCHEMA %I CASCADE', 'public'); END $$"
            })
    void theStatementIsNamedAndNothingIsLost(String script) {
        database.run("CREATE SCHEMA other");
        migrator(FIRST).migrate(Target.HEAD);
        Files files =
                FIRST.with("002_b.sql", "SELECT 1; DROP TABLE IF EXISTS other.migration_history;\n" + script + ";\n");

        MigrationException failure = failure(migrator(files));

        assertThat(failure)
                .isInstanceOf(ScriptFailed.class)
                .hasMessageStartingWith("002_b.sql failed; nothing of it was kept.")
                .hasMessageContaining("002_b.sql:2:1")
                .hasMessageContaining("does not exist (SQLSTATE ")
                .hasMessageContaining("This statement takes away the history \"public\".\"migration_history\"")
                .hasMessageContaining("keep the history in a schema of its own")
                .hasMessageContaining("'mhras.migrations.postgresql.schema'");
        assertThat(exists("public.a") && exists("public.migration_history")).isTrue();
        assertThat(column("SELECT event || ' ' || version FROM migration_history ORDER BY id"))
                .containsExactly("APPLIED 001", "FAILED 002");
        assertThat(migrator(files).status().in(MigrationState.FAILED)).hasSize(1);
    }

    @Test
    void inATransactionOfTheScriptsOwnNothingIsLostEither() {
        migrator(FIRST).migrate(Target.HEAD);

        assertThat(failure(migrator(FIRST.with("002_b.sql", "BEGIN;\nDROP SCHEMA public CASCADE;\nCOMMIT;\n"))))
                .isInstanceOf(ScriptFailed.class)
                .hasMessageContaining("002_b.sql:2:1")
                .hasMessageContaining("This statement takes away the history");
        assertThat(exists("public.a") && exists("public.migration_history")).isTrue();
    }

    @Test
    void inPartsTheFinishedOnesStay() {
        migrator(FIRST).migrate(Target.HEAD);
        Files files = FIRST.with(
                "002_b.sql", "-- migrate:transaction none\nCREATE TABLE b (id int);\nDROP SCHEMA public CASCADE;\n");

        assertThat(failure(migrator(files)))
                .isInstanceOf(ScriptFailed.class)
                .hasMessageContaining("statement 1 is done and stays.")
                .hasMessageContaining("002_b.sql:3:1")
                .hasMessageContaining("This statement takes away the history");
        assertThat(exists("b")).isTrue();
    }

    @Test
    void aMissingTableOfTheScriptsOwnIsNotTakenForTheHistory() {
        assertThat(failure("DROP TABLE IF EXISTS migration_history_old;\nINSERT INTO nowhere VALUES (1);\n"))
                .hasMessageContaining("001_script.sql:2:13")
                .hasMessageNotContaining("takes away the history");
    }
}
