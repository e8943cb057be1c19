package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.source.MigrationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file too long to be held in memory, which is written to between its loading and its run. */
class ChangedFileTest extends PostgresTest {

    private static final String ROWS = "INSERT INTO t VALUES (1);\n".repeat(50_000);

    @TempDir
    private Path folder;

    /** The error if this is added to the file. */
    private MigrationException failureAfterChange(String script, String added) throws IOException {
        Path file = Files.writeString(folder.resolve("001_large.sql"), script);
        MigrationSet set = new MigrationLoader(
                        List.of("filesystem:" + folder),
                        DatabaseKind.POSTGRESQL,
                        Map.of(),
                        getClass().getClassLoader())
                .load();
        Files.writeString(file, script + added);
        return failure(new Migrator(new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT), () -> set));
    }

    private void assertNothingIsKept(MigrationException failure) {
        assertThat(failure)
                .hasMessage("filesystem:" + folder.resolve("001_large.sql")
                        + ": the file was changed while the migrations were at work.\n\n"
                        + "What to do: Start again, with files that nothing else writes to.");
        assertThat(exists("t")).isFalse();
        assertThat(column("SELECT event FROM migration_history")).containsExactly("FAILED");
    }

    @Test
    void nothingOfItIsCommitted() throws IOException {
        assertNothingIsKept(failureAfterChange("CREATE TABLE t (id int);\n" + ROWS, "SELECT 1;"));
    }

    @Test
    void norIfTheScriptBeginsAndEndsTransactionsItself() throws IOException {
        assertNothingIsKept(
                failureAfterChange("BEGIN;\nCREATE TABLE t (id int);\nCOMMIT;\nBEGIN;\n" + ROWS, "COMMIT;"));
    }

    @Test
    void norIfItsBeginningCannotRunInATransaction() throws IOException {
        assertNothingIsKept(failureAfterChange(
                "CREATE TABLE t (id int);\nCREATE INDEX CONCURRENTLY i ON t (id);\n" + ROWS, "SELECT 1;"));
    }

    @Test
    void norIfItsFirstStatementEndsATransactionItself() throws IOException {
        MigrationException failure =
                failureAfterChange("DO 'BEGIN CREATE TABLE t (id int); COMMIT; END';\n" + ROWS, "SELECT 1;");

        assertNothingIsKept(failure);
    }

    @Test
    void norIfEachOfItsStatementsIsATransaction() throws IOException {
        assertNothingIsKept(
                failureAfterChange("-- migrate:transaction none\nCREATE TABLE t (id int);\n" + ROWS, "SELECT 1;"));
    }
}
