package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.ScriptPreview;
import io.mhras.migrations.ScriptPreview.State;
import io.mhras.migrations.ScriptPreview.Statement;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import org.junit.jupiter.api.Test;

/** What a dry run of SQL shows, and that it does nothing. */
class ScriptPreviewerTest extends PostgresTest {

    private MigrationPreview preview(Files files) {
        Migrator migrator = migrator(files);
        return migrator.preview(migrator.plan(Target.HEAD));
    }

    @Test
    void eachStatementIsShownWithItsLineAndWithoutItsValues() {
        Files files = new Files().with("001_a.sql", """
                        -- The patients.
                        CREATE TABLE patients (id int,
                            name text);

                        INSERT INTO patients VALUES (1, 'Ada'); COPY patients FROM stdin;
                        2\tBob
                        \\.
                        CREATE ROLE app PASSWORD 's3cret';
                        """).with("001_a.verify.sql", "SELECT count(*) = 2 FROM patients;");

        assertThat(MigrationPrinter.statements(preview(files))).isEqualTo("""
                postgresql: 1 to do
                  apply 001 a (001_a.sql): 4 statements
                        2  CREATE TABLE patients (id int, name text)
                        5  INSERT INTO patients VALUES (?, ?)
                        5  COPY patients FROM stdin
                        8  CREATE ROLE app PASSWORD ?
                  check 001_a.verify.sql: 1 statement
                        1  SELECT count(*) = ? FROM patients
                """);
        assertThat(jdbc.queryForList(
                        "SELECT relname FROM pg_class WHERE relname LIKE 'patients%' OR relname LIKE 'migration%'"))
                .isEmpty();
    }

    @Test
    void ofALongScriptTheFirstStatementsAreShown() {
        ScriptPreview script = preview(new Files().with("001_a.sql", "SELECT 1;\n".repeat(1_500)))
                .scripts()
                .get(0);

        assertThat(script.count()).isEqualTo(1_500);
        assertThat(script.statements()).hasSize(ScriptPreview.MOST_SHOWN);
        assertThat(MigrationPrinter.statements(preview(new Files().with("001_a.sql", "SELECT 1;\n".repeat(1_500)))))
                .endsWith("           ... in all 1,500 statements\n");
    }

    @Test
    void whatCannotRunIsSaidWithItsPlace() {
        Files files = new Files()
                .with("001_a.sql", "SELECT 1;\n\\copy patients from 'x'\n")
                .with("002_b.sql", "SELECT 2;");

        MigrationPreview preview = preview(files);

        assertThat(preview.isSureToFail()).isTrue();
        assertThat(MigrationPrinter.statements(preview))
                .contains("        1  SELECT ?\n           Stops in line 2: ")
                .endsWith("  apply 002 b (002_b.sql): not reached\n");
    }

    @Test
    void ofAStoppedScriptWhatIsDoneIsMarked() {
        String begin = "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY a_id ON a (id);\n";
        failure(begin + "SELECT 1/0;\n");

        ScriptPreview script = preview(new Files().with("001_script.sql", begin + "SELECT 2;\n"))
                .scripts()
                .get(0);

        assertThat(script.statements().stream().map(Statement::state))
                .containsExactly(State.DONE, State.DONE, State.PENDING);
    }
}
