package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.OfflinePlan;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Catalog;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.Psql;
import io.mhras.migrations.testing.Psql.Outcome;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Scripts for psql, and what they leave in a database of their own. */
abstract class OfflineTest extends PostgresTest {

    static final Files TWO_TABLES = new Files()
            .with("001_a.sql", "CREATE TABLE a (id int);")
            .with("001_a.down.sql", "DROP TABLE a;")
            .with("002_b.sql", "CREATE TABLE b (id int);")
            .with("002_b.down.sql", "DROP TABLE b;");

    /** Asked for a connection, it fails. */
    private static final DataSource NOWHERE = new AbstractDataSource() {
        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("A script needs no connection");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    };

    final TestDatabase other = TestServer.newDatabase();
    final Psql psql = Psql.ofThisMachine();

    @AfterEach
    void dropOther() {
        other.close();
    }

    static String script(PostgresSettings settings, Files files, String from, String to) {
        return script(
                settings,
                new Migrator(new PostgresDriver(NOWHERE, settings), files::set)
                        .planOffline(List.of(Target.parse(from)), Target.parse(to)));
    }

    static String downScript(Files files, String from, String to) {
        Migrator migrator = migrator(NOWHERE, PostgresSettings.DEFAULT, files);
        return script(
                PostgresSettings.DEFAULT, migrator.planOfflineRollback(List.of(Target.parse(from)), Target.parse(to)));
    }

    static String script(PostgresSettings settings, OfflinePlan plan) {
        StringWriter text = new StringWriter();
        new PostgresDriver(NOWHERE, settings).script(plan, text);
        return text.toString();
    }

    static String script(Files files, String from, String to) {
        return script(PostgresSettings.DEFAULT, files, from, to);
    }

    void runs(String script) {
        Outcome outcome = psql.run(other, script);
        assertThat(outcome.exitCode()).as(outcome.output() + script).isZero();
    }

    Outcome fails(String script) {
        List<String> before = Catalog.of(other.dataSource());
        Outcome outcome = psql.run(other, script);
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(3);
        assertThat(Catalog.of(other.dataSource())).isEqualTo(before);
        return outcome;
    }

    /** What is the same, however a migration was applied. */
    static List<Map<String, Object>> history(TestDatabase database) {
        return new JdbcTemplate(database.dataSource()).queryForList("""
                SELECT event, version, description, script, checksum, up_script, down_script, statement, error,
                       applied_by, application, fingerprint, kind, revision
                FROM migration_history ORDER BY id""");
    }

    void assertSame(Files files) {
        assertThat(history(other)).isEqualTo(history(database));
        assertThat(Catalog.of(other.dataSource())).isEqualTo(Catalog.of(database.dataSource()));
        assertThat(migrator(other.dataSource(), PostgresSettings.DEFAULT, files)
                        .plan(Target.HEAD)
                        .isEmpty())
                .isTrue();
    }

    void leavesWhatApplyLeaves(Files files) {
        migrator(files).migrate(Target.HEAD);
        runs(script(files, "base", "head"));
        assertSame(files);
    }

    void leavesWhatApplyLeaves(String script) {
        leavesWhatApplyLeaves(new Files().with("001_script.sql", script));
    }
}
