package io.mhras.migrations.schema.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.schema.report.LockMode;
import io.mhras.migrations.schema.report.MigrationFacts;
import io.mhras.migrations.schema.report.RelationLock;
import io.mhras.migrations.schema.report.RelationLock.Evidence;
import io.mhras.migrations.schema.report.StatementFacts;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of a migration beyond the locks and rewrites of its statements. */
class MeasurementTest {

    private final TestDatabase database = TestServer.newDatabase();
    private final Measurement measurement = new Measurement(database.dataSource());

    @AfterEach
    void drop() {
        database.close();
    }

    private MigrationFacts measured(String script) {
        return measured(new Files().with("001_change.sql", script)).get(0);
    }

    private List<MigrationFacts> measured(Files files) {
        new Migrator(
                        new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT).observedBy(measurement),
                        files::set)
                .migrate(Target.HEAD);
        return measurement.migrations();
    }

    @Test
    void whatIsMadeDroppedAndRenamedIsNamedWithoutWhatGoesWithIt() {
        database.run("""
                CREATE TABLE old (id serial PRIMARY KEY, a int, b int);
                CREATE TABLE gone (id int PRIMARY KEY);
                CREATE INDEX gone_i ON gone (id);
                CREATE TABLE moved (id int)""");
        MigrationFacts facts = measured("""
                CREATE TABLE fresh (id int PRIMARY KEY, n serial);
                CREATE INDEX fresh_n ON fresh (n);
                DROP TABLE gone;
                ALTER TABLE old DROP COLUMN a;
                ALTER TABLE old RENAME COLUMN b TO c;
                ALTER TABLE old RENAME TO renamed;
                CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
                CREATE SCHEMA elsewhere;
                ALTER TABLE moved SET SCHEMA elsewhere;
                ALTER SCHEMA elsewhere RENAME TO anywhere;
                """);

        assertThat(facts.statements().stream().map(MeasurementTest::changes))
                .containsExactly(
                        "made [table public.fresh]",
                        "made [index public.fresh_n]",
                        "dropped [table public.gone]",
                        "dropped [column public.old.a]",
                        "renamed column public.old.b to column public.old.c",
                        "renamed table public.old to table public.renamed",
                        "made [function public.f(integer)]",
                        "made [schema elsewhere]",
                        "renamed table public.moved to table elsewhere.moved",
                        "renamed schema elsewhere to schema anywhere");
    }

    private static String changes(StatementFacts statement) {
        StringBuilder words = new StringBuilder();
        words.append(statement.made().isEmpty() ? "" : "made " + statement.made());
        words.append(statement.dropped().isEmpty() ? "" : "dropped " + statement.dropped());
        statement
                .renamed()
                .forEach(rename -> words.append("renamed ")
                        .append(rename.before())
                        .append(" to ")
                        .append(rename.after()));
        return words.toString();
    }

    @Test
    void whatRanBehindALockIsToldApartFromWhatRanInAnotherTransaction() {
        database.run("CREATE TABLE a (id int); CREATE TABLE b (id int)");
        MigrationFacts facts = measured("""
                ALTER TABLE a ADD COLUMN c int;
                UPDATE b SET id = 1;
                CREATE INDEX CONCURRENTLY i ON b (id);
                INSERT INTO b SELECT generate_series(1, 3);
                """);
        List<StatementFacts> statements = facts.statements();

        assertThat(statements.stream().map(StatementFacts::transaction)).containsExactly(1, 1, 0, 2);
        assertThat(facts.behind(statements.get(0))).containsExactly(statements.get(1));
        assertThat(facts.behind(statements.get(2))).isEmpty();
        assertThat(facts.rows()).isEqualTo(3);
        assertThat(facts.locks())
                .extracting(RelationLock::toString)
                .containsExactly("ACCESS EXCLUSIVE on table public.a", "SHARE UPDATE EXCLUSIVE on table public.b");
    }

    @Test
    void aScanSaysUnderWhichLockItRan() {
        database.run("CREATE TABLE a (id int)");
        MigrationFacts facts = measured("ALTER TABLE a ADD COLUMN c int;\nUPDATE a SET c = id;\n");

        assertThat(facts.statements().get(1).scans()).hasSize(1).allSatisfy(scan -> {
            assertThat(scan.under()).isEqualTo(LockMode.ACCESS_EXCLUSIVE);
            assertThat(scan.blocksOthers()).isTrue();
        });
        // It is the statement before that took the lock.
        assertThat(facts.statements().get(1).locks()).isEmpty();
    }

    @Test
    void aLockThatWasTooShortToBeSeenIsKnownAndSaidToBe() {
        database.run("CREATE TABLE a (id int)");
        MigrationFacts facts = measured("VACUUM a;\nVACUUM FULL a;\n");

        assertThat(facts.statements().get(0).locks())
                .extracting(RelationLock::mode)
                .containsExactly(LockMode.SHARE_UPDATE_EXCLUSIVE);
        assertThat(facts.statements().get(1).locks())
                .singleElement()
                .satisfies(lock -> assertThat(lock.evidence()).isEqualTo(Evidence.MEASURED));
    }

    @Test
    void aScriptThatRanTwiceIsMeasuredOnce() {
        database.run("CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN COMMIT; END'; CREATE TABLE a (id int)");
        MigrationFacts facts = measured("CREATE TABLE b (id int);\nCALL p();\nALTER TABLE a ADD COLUMN c int;\n");

        assertThat(facts.statements().stream().map(StatementFacts::number)).containsExactly(1, 2, 3);
        assertThat(facts.statements().stream().map(StatementFacts::transaction)).containsExactly(1, 0, 2);
    }

    @Test
    void allBatchesAreOneStatement() {
        database.run("CREATE TABLE a (id int PRIMARY KEY, done boolean); INSERT INTO a SELECT generate_series(1, 25)");
        MigrationFacts facts = measured("""
                -- migrate:batch size=10 pause=0ms
                UPDATE a SET done = true WHERE id IN (SELECT id FROM a WHERE done IS NULL LIMIT :batch);
                """);

        assertThat(facts.statements()).hasSize(1);
        assertThat(facts.rows()).isEqualTo(25);
        assertThat(facts.locks())
                .filteredOn(lock -> lock.relation().name().equals("a"))
                .extracting(RelationLock::mode)
                .containsExactly(LockMode.ROW_EXCLUSIVE);
    }

    @Test
    void whatASavepointTakesBackIsNotThereForTheNextStatement() {
        database.run("CREATE TABLE a (id int)");
        MigrationFacts facts = measured("""
                SAVEPOINT s;
                CREATE TABLE b (id int);
                ROLLBACK TO SAVEPOINT s;
                ALTER TABLE a ADD COLUMN c int;
                """);

        assertThat(facts.statements().stream().map(MeasurementTest::changes))
                .containsExactly("made [table public.b]", "dropped [table public.b]", "made [column public.a.c]");
    }

    @Test
    void eachMigrationIsMeasuredAgainstWhatWasThereBeforeIt() {
        List<MigrationFacts> all = measured(new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);\nALTER TABLE a ALTER id TYPE bigint;\n")
                .with("001_a.verify.sql", "SELECT count(*) = 0 FROM a;\n")
                .with("002_b.sql", "ALTER TABLE a ALTER id TYPE int;\nTRUNCATE a;\n"));

        assertThat(all).extracting(MigrationFacts::script).containsExactly("001_a.sql", "002_b.sql");
        assertThat(all.get(0).locks()).isEmpty();
        assertThat(all.get(0).statements())
                .flatExtracting(StatementFacts::rewritten)
                .isEmpty();
        assertThat(all.get(1).statements().get(0).rewritten())
                .extracting(Object::toString)
                .containsExactly("table public.a");
        // It empties the table, and copies nothing.
        assertThat(all.get(1).statements().get(1).rewritten()).isEmpty();
    }
}
