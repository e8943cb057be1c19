package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mhras.migrations.Checksum;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A run that dies says what became of the script: as the server says, or that it is not known. */
class LostSessionTest extends PostgresTest {

    private boolean isAtLeast(int version) {
        Integer found = jdbc.queryForObject("SELECT current_setting('server_version_num')::int / 10000", Integer.class);
        return found != null && found >= version;
    }

    private String failed() {
        return String.join("\n", column("SELECT error FROM migration_history WHERE event = 'FAILED'"));
    }

    @Test
    void transactionTimeoutIsNamedWithTheStatement() {
        assumeTrue(isAtLeast(17));
        database.run("ALTER DATABASE " + database.name() + " SET transaction_timeout = '300ms'");

        MigrationException failure = failure("create table a(id int);\nselect pg_sleep(2);\ncreate table b(id int);\n");

        assertThat(failure)
                .isInstanceOf(ScriptFailed.class)
                .hasMessageContaining("001_script.sql stopped; nothing of it was kept.")
                .hasMessageContaining("001_script.sql:2:1")
                .hasMessageContaining("due to transaction timeout (SQLSTATE 25P04)")
                .hasMessageContaining("SET transaction_timeout = 0;");
        assertThat(failed()).contains("nothing of it was kept", "transaction timeout");
        assertThat(exists("a")).isFalse();
    }

    @Test
    void whatTransactionTimeoutAdvisesHelps() {
        assumeTrue(isAtLeast(17));
        database.run("ALTER DATABASE " + database.name() + " SET transaction_timeout = '300ms'");

        migrate("SET transaction_timeout = 0; create table a(id int); select pg_sleep(1); create table b(id int);");

        assertThat(exists("b")).isTrue();
    }

    @Test
    void aSessionThatIsEndedInTheMiddleIsRolledBackAndRecorded() {
        MigrationException failure = failure("create table a(id int);\nselect pg_terminate_backend(pg_backend_pid());");

        assertThat(failure)
                .hasMessageContaining("001_script.sql stopped; nothing of it was kept.")
                .hasMessageContaining("001_script.sql:2:1");
        assertThat(failed()).contains("nothing of it was kept");
        assertThat(exists("a")).isFalse();
        assertThat(column("SELECT count(*)::text FROM pg_locks WHERE locktype = 'advisory'"))
                .containsExactly("0");
    }

    @Test
    void inPartsItSaysWhichStay() {
        MigrationException failure = failure(
                "-- migrate:transaction none\ncreate table a(id int);\nselect pg_terminate_backend(pg_backend_pid());");

        assertThat(failure).hasMessageContaining("statement 1 is done and stays.");
        assertThat(column("SELECT event || coalesce(statement, -1) FROM migration_history ORDER BY id DESC LIMIT 1"))
                .containsExactly("FAILED1");
        assertThat(exists("a")).isTrue();
    }

    @Test
    void whereTheServerCannotBeAskedTheOutcomeIsNotKnown() {
        AtomicBoolean isAway = new AtomicBoolean();
        DelegatingDataSource source = new DelegatingDataSource(database.dataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                if (isAway.get()) {
                    throw new SQLException("the server is away", "08001");
                }
                return super.getConnection();
            }
        };
        String script = "create table a(id int); select pg_terminate_backend(pg_backend_pid());";
        Migrator migrator = migrator(source, PostgresSettings.DEFAULT, new Files().with("001_a.sql", script))
                .with(new MigrationListener() {
                    @Override
                    public void onStep(String name, MigrationStep step) {
                        isAway.set(true);
                    }
                });

        assertThat(failure(migrator))
                .hasMessageContaining("whether it is committed is not known, for the server cannot be asked:")
                .hasMessageContaining("the server is away")
                .hasMessageContaining("look at the status");
    }

    @Test
    void anErrorOfOursClaimsNothing() {
        MigrationScript script = new MigrationScript(
                "001_a.sql", "memory:001_a.sql", Checksum.of("select 1;"), MigrationScript.Options.DEFAULT, () -> {
                    throw new StackOverflowError("too deep");
                });

        MigrationSet set =
                MigrationSet.of(List.of(new Migration(MigrationVersion.of("001"), "a", null, script, null, null)));

        MigrationException failure =
                failure(new Migrator(new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT), () -> set));

        assertThat(failure)
                .isInstanceOf(ScriptFailed.class)
                .hasMessageContaining("001_a.sql stopped; nothing of it was kept.")
                .hasMessageContaining("java.lang.StackOverflowError: too deep");
        assertThat(failed()).contains("too deep");
    }

    @Test
    void aPauseBetweenBatchesDoesNotCostTheSession() {
        assumeTrue(isAtLeast(14));
        database.run("ALTER DATABASE " + database.name() + " SET idle_session_timeout = '300ms'");
        Migrator migrator = migrator(new Files()
                .with(
                        "001_a.sql",
                        "create table a(id int, x int); insert into a select i from generate_series(1,30) i;")
                .with("002_b.sql", """
                        -- migrate:batch size=10 pause=700ms

                        update a set x = 1 where id in (select id from a where x is null limit :batch);
                        """));

        migrator.migrate(Target.HEAD);

        assertThat(column("SELECT count(*)::text FROM a WHERE x = 1")).containsExactly("30");
    }
}
