package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What an observer of the statements is told, and what becomes of a run that it spoils. */
class StatementObserverTest extends PostgresTest {

    /** Writes down what it is told. */
    @NullMarked
    private static class Log implements StatementObserver {

        final List<String> lines = new ArrayList<>();

        @Override
        public void begin(MigrationStep step, MigrationScript script, int done) {
            lines.add("begin " + script.name() + " after " + done);
        }

        @Override
        public void before(Statement statement, Session session) {
            lines.add("before " + statement.number() + (statement.inTransaction() ? "" : " alone")
                    + (statement.isOfCheck() ? " of the check" : ""));
        }

        @Override
        public void after(Statement statement, long rows, Duration elapsed, Session session) {
            lines.add("after " + statement.number() + ": " + rows);
        }

        @Override
        public void failed(Statement statement, SQLException error) {
            lines.add("failed " + statement.number() + ": " + error.getSQLState());
        }
    }

    private Migrator migrator(StatementObserver observer, Files files) {
        return migrator(database.dataSource(), observer, files);
    }

    private static Migrator migrator(DataSource dataSource, StatementObserver observer, Files files) {
        return new Migrator(new PostgresDriver(dataSource, PostgresSettings.DEFAULT).observedBy(observer), files::set);
    }

    @Test
    void itIsToldOfEachStatementAndItsRows() {
        Log log = new Log();
        migrator(log, new Files().with("001_a.sql", """
                                SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
                                CREATE TABLE a (id int);
                                INSERT INTO a SELECT generate_series(1, 3);
                                COPY a FROM stdin;
                                4
                                5
                                \\.
                                UPDATE a SET id = id + 1 WHERE id > 3;
                                """).with("001_a.verify.sql", "SELECT count(*) = 5 FROM a;\n"))
                .migrate(Target.HEAD);

        assertThat(log.lines)
                .containsExactly(
                        "begin 001_a.sql after 0",
                        "before 2",
                        "after 2: 0",
                        "before 3",
                        "after 3: 3",
                        "before 4",
                        "after 4: 2",
                        "before 5",
                        "after 5: 2",
                        "begin 001_a.verify.sql after 0",
                        "before 1 of the check",
                        "after 1: 1");
    }

    @Test
    void itSeesTheSessionAsTheStatementLeftIt() {
        List<String> seen = new ArrayList<>();
        migrator(
                        new Log() {
                            @Override
                            public void after(Statement statement, long rows, Duration elapsed, Session session) {
                                seen.add(statement.location() + " " + session.query("""
                                        SELECT mode, pid = %d AS own FROM pg_catalog.pg_locks
                                        WHERE relation = 'public.a'::regclass AND mode = 'AccessExclusiveLock'""".formatted(session.backend())));
                            }
                        },
                        new Files()
                                .with("001_a.sql", "-- The first\nCREATE TABLE a (id int);\n  DROP TABLE IF EXISTS b;"))
                .migrate(Target.HEAD);

        assertThat(seen)
                .containsExactly(
                        "classpath:db/migration/001_a.sql:2:1 [{mode=AccessExclusiveLock, own=t}]",
                        "classpath:db/migration/001_a.sql:3:3 [{mode=AccessExclusiveLock, own=t}]");
    }

    @Test
    void whatTheServerRefusesInATransactionRunsOnceMore() {
        Log log = new Log();
        migrator(log, new Files().with("001_a.sql", """
                CREATE TABLE a (id int);
                CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
                CALL p();
                VACUUM a;""")).migrate(Target.HEAD);

        assertThat(log.lines)
                .containsExactly(
                        "begin 001_a.sql after 0",
                        "before 1",
                        "after 1: 0",
                        "before 2",
                        "after 2: 0",
                        "before 3",
                        "failed 3: 2D000",
                        "begin 001_a.sql after 0",
                        "before 1",
                        "after 1: 0",
                        "before 2",
                        "after 2: 0",
                        "before 3 alone",
                        "after 3: 0",
                        "before 4 alone",
                        "after 4: 0");
    }

    @Test
    void aConnectionThatHidesItsDriverIsObservedAsWell() {
        Log log = new Log();
        migrator(withoutPgjdbc(), log, new Files().with("001_a.sql", "CREATE TABLE a (id int); VACUUM a;"))
                .migrate(Target.HEAD);

        assertThat(log.lines)
                .containsExactly("begin 001_a.sql after 0", "before 1", "after 1: 0", "before 2 alone", "after 2: 0");
    }

    @Test
    void aLongScriptIsObservedStatementByStatement() {
        Log log = new Log();
        StringBuilder script = new StringBuilder("CREATE TABLE a (id int);\n");
        IntStream.range(0, 1200)
                .forEach(i -> script.append("INSERT INTO a VALUES (").append(i).append(");\n"));
        migrator(log, new Files().with("001_a.sql", script.toString())).migrate(Target.HEAD);

        assertThat(log.lines).hasSize(2403).endsWith("before 1201", "after 1201: 1");
    }

    @Test
    void anErrorIsReportedAtItsPlaceAsInAnyRun() {
        String script = "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1), (nowhere);\nDROP TABLE a;";
        MigrationException unobserved = failure(script);

        MigrationException observed = failure(migrator(new Log(), new Files().with("001_script.sql", script)));

        assertThat(observed).hasMessage(unobserved.getMessage()).hasMessageContaining("001_script.sql:2:28");
    }

    @Test
    void whatItThrowsEndsTheRunAndNothingIsKept() {
        MigrationException failure = failure(migrator(
                new Log() {
                    @Override
                    public void after(Statement statement, long rows, Duration elapsed, Session session) {
                        throw new IllegalArgumentException("it has seen enough");
                    }
                },
                new Files().with("001_a.sql", "CREATE TABLE a (id int);")));

        assertThat(failure)
                .hasMessageContaining("001_a.sql stopped; nothing of it was kept")
                .hasMessageContaining(
                        "What observes the statements failed at classpath:db/migration/001_a.sql:1:1: it has seen enough");
        assertThat(failure.remedy()).startsWith("Correct it, and start again");
        assertThat(exists("a")).isFalse();
        assertThat(column("SELECT event FROM migration_history")).containsExactly("FAILED");
        migrator(new Files().with("001_a.sql", "CREATE TABLE a (id int);")).migrate(Target.HEAD);
    }

    @Test
    void whatItThrowsAfterAStatementThatNoRollbackUndoesIsNoClaimThatItIsNotDone() {
        Files files = new Files().with("001_a.sql", "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY i ON a (id);");
        MigrationException failure = failure(migrator(
                new Log() {
                    @Override
                    public void after(Statement statement, long rows, Duration elapsed, Session session) {
                        if (statement.number() == 2) {
                            throw new IllegalArgumentException("no more");
                        }
                    }
                },
                files));

        assertThat(failure).hasMessageContaining("Whether the statement that ran is done is not known");
        assertThat(exists("i")).isTrue();
        migrator(files).migrate(Target.HEAD);
        assertThat(column("SELECT event FROM migration_history ORDER BY id DESC LIMIT 1"))
                .containsExactly("APPLIED");
    }

    @Test
    void aQueryThatTheServerRefusesIsItsFailureAndNotTheStatements() {
        MigrationException failure = failure(migrator(
                new Log() {
                    @Override
                    public void before(Statement statement, Session session) {
                        session.query("SELECT nothing FROM nowhere");
                    }
                },
                new Files().with("001_a.sql", "CREATE TABLE a (id int);")));

        assertThat(failure)
                .hasMessageContaining("its query failed: ")
                .hasMessageContaining("relation \"nowhere\" does not exist");
        assertThat(exists("a")).isFalse();
    }
}
