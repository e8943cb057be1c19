package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mhras.migrations.Target;
import io.mhras.migrations.testing.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

class SessionStateTest extends PostgresTest {

    private static final String LEAVES_MUCH_BEHIND = """
            SET search_path = '';
            SELECT pg_catalog.set_config('search_path', '', false);
            SET ROLE pg_monitor;
            SET statement_timeout = '7s';
            SET lock_timeout = '11s';
            SET standard_conforming_strings = off;
            SET TimeZone = 'America/Caracas';
            SET DateStyle = 'German';
            SET my.own = 'left';
            PREPARE left_behind AS SELECT 1;
            LISTEN left_behind;
            DECLARE left_behind CURSOR WITH HOLD FOR SELECT 1;
            RESET ROLE;
            CREATE TEMPORARY TABLE left_behind (id int);
            SET SESSION AUTHORIZATION pg_monitor;
            """;

    private static final String WHAT_IS_LEFT = """
            SELECT current_user = session_user                                           AS is_itself,
                   current_setting('search_path')                                        AS search_path,
                   current_setting('statement_timeout')                                  AS statement_timeout,
                   current_setting('lock_timeout')                                       AS lock_timeout,
                   current_setting('standard_conforming_strings')                        AS strings,
                   current_setting('TimeZone')                                           AS zone,
                   current_setting('work_mem')                                           AS memory,
                   coalesce(current_setting('my.own', true), '')                         AS own,
                   (SELECT count(*) FROM pg_prepared_statements WHERE name = 'left_behind') AS prepared,
                   (SELECT count(*) FROM pg_listening_channels())                        AS channels,
                   (SELECT count(*) FROM pg_cursors WHERE name = 'left_behind')          AS cursors,
                   (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks,
                   to_regclass('pg_temp.left_behind') IS NULL                            AS no_table""";

    private HikariDataSource poolOfOne(boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setMaximumPoolSize(1);
        config.setAutoCommit(autoCommit);
        config.setConnectionInitSql("SET statement_timeout = '42s'; SET work_mem = '5MB'");
        if (!autoCommit) {
            // Without it Hikari itself loses what its init SQL did with the first rollback.
            config.setConnectionInitSql(config.getConnectionInitSql() + "; COMMIT");
        }
        return new HikariDataSource(config);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingLeaksToTheNextMigrationNorToThePool(boolean autoCommit) {
        Files files = new Files()
                .with("001_leaves.sql", LEAVES_MUCH_BEHIND)
                .with("002_looks.sql", "CREATE TABLE seen AS " + WHAT_IS_LEFT + ";");
        try (HikariDataSource pool = poolOfOne(autoCommit)) {
            JdbcTemplate pooled = new JdbcTemplate(pool);
            Map<String, Object> before = pooled.queryForMap(WHAT_IS_LEFT);

            migrator(pool, PostgresSettings.DEFAULT, files).migrate(Target.HEAD);

            assertThat(pooled.queryForMap(WHAT_IS_LEFT)).isEqualTo(before);
            Map<String, Object> seen = jdbc.queryForMap("SELECT * FROM seen");
            assertThat(seen.remove("lock_timeout")).isEqualTo("2s");
            assertThat(seen.remove("locks")).isEqualTo(1L);
            assertThat(before).containsAllEntriesOf(seen).containsEntry("memory", "5MB");
        }
    }

    @Test
    void nothingLeaksFromAScriptThatFails() {
        Files files = new Files().with("001_fails.sql", LEAVES_MUCH_BEHIND + "SELECT 1/0;");
        try (HikariDataSource pool = poolOfOne(true)) {
            JdbcTemplate pooled = new JdbcTemplate(pool);
            Map<String, Object> before = pooled.queryForMap(WHAT_IS_LEFT);

            assertThat(failure(migrator(pool, PostgresSettings.DEFAULT, files)))
                    .hasMessageContaining("division by zero");

            assertThat(pooled.queryForMap(WHAT_IS_LEFT)).isEqualTo(before);
            assertThat(column("SELECT event || ' ' || applied_by FROM migration_history"))
                    .containsExactly("FAILED postgres");
        }
    }

    @Test
    void anIdleTimeoutOfAScriptNeitherStrikesWhileItRunsNorOutlastsIt() {
        String timeouts = "SET idle_in_transaction_session_timeout = '1s';\nSET idle_session_timeout = '1s';\n";
        Files files = new Files()
                .with("001_a.sql", timeouts + "SELECT pg_sleep(1.2);\nVACUUM pg_am;\nSELECT pg_sleep(1.2);")
                .with(
                        "002_b.sql",
                        "CREATE TABLE seen AS SELECT name, setting FROM pg_settings WHERE name LIKE 'idle%timeout';");

        migrator(files).migrate(Target.HEAD);

        assertThat(column("SELECT DISTINCT setting FROM seen")).containsExactly("0");
    }

    @Test
    void aPgDumpStyleEmptySearchPathDoesNotHideTheHistory() {
        migrate("SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.a (id int);");

        assertThat(column("SELECT event FROM public.migration_history")).isEqualTo(List.of("APPLIED"));
    }

    @Test
    void theConfiguredSchemaIsMadeAndComesFirst() {
        PostgresSettings settings = PostgresSettings.DEFAULT.in("Own Schema", "migration_history");
        Files files = new Files().with("001_a.sql", "CREATE TABLE a (id int);");

        migrator(database.dataSource(), settings, files).migrate(Target.HEAD);

        assertThat(exists("\"Own Schema\".a")).isTrue();
        assertThat(exists("\"Own Schema\".migration_history")).isTrue();
        assertThat(exists("public.migration_history")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET ROLE ", "SET SESSION AUTHORIZATION "})
    void whatThePoolHadMadeOfTheSessionIsKept(String command) {
        String user = "app_" + database.name();
        database.run("CREATE ROLE " + user + "; GRANT ALL ON SCHEMA public TO " + user);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setMaximumPoolSize(1);
        config.setConnectionInitSql("SET log_min_duration_statement = 5000; " + command + user);
        String who =
                "SELECT session_user || ' ' || current_user || ' ' || current_setting('log_min_duration_statement')";
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcTemplate pooled = new JdbcTemplate(pool);
            String before = pooled.queryForObject(who, String.class);
            Files files = new Files()
                    .with("001_a.sql", "SET search_path = pg_catalog;")
                    .with("002_b.sql", "CREATE TABLE b (id int);");

            migrator(pool, PostgresSettings.DEFAULT, files).migrate(Target.HEAD);
            failure(migrator(pool, PostgresSettings.DEFAULT, files.with("003_c.sql", "SELECT 1/0;")));

            assertThat(pooled.queryForObject(who, String.class)).isEqualTo(before);
            assertThat(pooled.queryForObject("SHOW search_path", String.class)).isEqualTo("\"$user\", public");
            assertThat(column("SELECT DISTINCT applied_by FROM migration_history"))
                    .containsExactly(user);
        } finally {
            database.run("DROP OWNED BY " + user + " CASCADE; DROP ROLE " + user);
        }
    }

    @Test
    void aCheckDoesNotInheritWhatItsScriptSet() {
        Files files = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);\nSET search_path = '';\nSET DateStyle = 'German';")
                .with("001_a.verify.sql", "SELECT count(*) = 0 FROM a;");

        migrator(files).migrate(Target.HEAD);

        assertThat(exists("a")).isTrue();
    }

    @Test
    void aScriptMayChooseItsIsolationLevelWithAConfiguredSchemaToo() {
        PostgresSettings settings = PostgresSettings.DEFAULT.in("app", "migration_history");

        migrator(
                        database.dataSource(),
                        settings,
                        new Files()
                                .with(
                                        "001_a.sql",
                                        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\nCREATE TABLE a AS SELECT"
                                                + " current_setting('transaction_isolation') AS level;"))
                .migrate(Target.HEAD);

        assertThat(column("SELECT level FROM app.a")).containsExactly("serializable");
    }
}
