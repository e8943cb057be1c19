package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.Target;
import io.mhras.migrations.testing.Files;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorPositionTest extends PostgresTest {

    static Arguments[] scripts() {
        return new Arguments[] {
            Arguments.of("a syntax error in the third line", "SELECT 1;\nSELECT 2;\n  SELECT 3 FORM x y;\n", "3:17"),
            Arguments.of("an unfinished statement", "SELECT 1;\nSELECT 1 FROM;\nSELECT 2;", "2:14"),
            Arguments.of("an unfinished last statement", "SELECT 1;\nINSERT INTO", "2:12"),
            Arguments.of("an unknown column", "CREATE TABLE a (id int);\n\nSELECT\n    id,\n    nmae\nFROM a;", "5:5"),
            Arguments.of("CRLF", "CREATE TABLE a (id int);\r\n\r\nSELECT\r\n    nmae\r\nFROM a;", "4:5"),
            Arguments.of("a tab", "SELECT 1;\n\tSELECT nmae;", "2:9"),
            Arguments.of(
                    "beyond the BMP", "SELECT '\uD83D\uDE00\uD83D\uDE00', 'ä';\nSELECT '\uD83D\uDE00', nmae;", "2:13"),
            Arguments.of("a comment before", "/* \uD83D\uDE00\n */ -- x\nSELECT /* \uD83D\uDE00 */ nmae;", "3:16"),
            Arguments.of(
                    "a function body",
                    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $f$\nBEGIN\n  RETRUN 1;\nEND $f$;",
                    "3:3"),
            Arguments.of(
                    "an SQL function body",
                    "SELECT 1;\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\n  SELECT 1;\n  SELECT nmae;\n$$;",
                    "4:10"),
            Arguments.of(
                    "no position: a duplicate key",
                    "CREATE TABLE a (id int PRIMARY KEY);\nINSERT INTO a VALUES (1);\n"
                            + "INSERT INTO a VALUES (2);\n  -- twice\n  INSERT INTO a VALUES (1);\nSELECT 1;",
                    "5:3"),
            Arguments.of(
                    "a DO block at run time", "SELECT 1;\nDO $$\nBEGIN\n  PERFORM 1;\n  PERFORM 1/0;\nEND $$;", "5"),
            Arguments.of("the server's own", "CREATE TABLE a (id int);\nCREATE TABLE a (id int);", "2:1"),
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void isExact(String name, String script, String expected) {
        assertThat(place(failure(script))).isEqualTo(expected);
        assertThat(exists("a")).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void isExactOverPlainJdbcToo(String name, String script, String expected) {
        Files files = new Files().with("001_script.sql", script);

        MigrationException failure = failure(migrator(withoutPgjdbc(), PostgresSettings.DEFAULT, files));

        assertThat(place(failure)).isEqualTo(expected);
        assertThat(exists("a")).isFalse();
    }

    @Test
    void isExactInTheSecondOfSeveralMessages() {
        String script = "CREATE TABLE a (id int);\n" + "INSERT INTO a VALUES (1);\n".repeat(2_500) + "  SELECT nmae;";

        assertThat(place(failure(script))).isEqualTo("2502:10");
        assertThat(exists("a")).isFalse();
    }

    @Test
    void aFailedCommitNamesTheFile() {
        MigrationException failure = failure("""
                CREATE TABLE a (id int PRIMARY KEY);
                CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO b VALUES (1);
                """);

        assertThat(failure)
                .hasMessageContaining("at classpath:db/migration/001_script.sql\n")
                .hasMessageContaining("violates foreign key constraint")
                .hasMessageContaining("Detail: Key (a)=(1) is not present in table \"a\".");
        assertThat(exists("a")).isFalse();
    }

    @Test
    void theMessageShowsTheStatementWithACaretAndWhatTheServerSaid() {
        MigrationException failure = failure("""
                -- A script of seven statements, the third of which is wrong.
                CREATE TABLE patients (id int PRIMARY KEY, name text);
                CREATE INDEX ON patients (name);
                ALTER TABLE patients
                    ADD COLUMN born date,
                    ADD COLUMN nmae text REFERENCES person;
                SELECT 4; SELECT 5; SELECT 6; SELECT 7;
                """);

        assertThat(failure).isInstanceOf(ScriptFailed.class).hasMessage("""
                001_script.sql failed; nothing of it was kept.
                  at classpath:db/migration/001_script.sql:4:1

                     4 | ALTER TABLE patients
                       | ^

                  ERROR: relation "person" does not exist (SQLSTATE 42P01)

                What to do: Correct the script and start again: it runs from its beginning.""");
        assertThat(exists("patients")).isFalse();
        assertThat(column("SELECT event || ' ' || script FROM migration_history"))
                .containsExactly("FAILED 001_script.sql");
    }

    @Test
    void hintsAndDetailsAreShown() {
        assertThat(failure("CREATE TABLE a (name text);\nSELECT nam FROM a;"))
                .hasMessageContaining("""
                             2 | SELECT nam FROM a
                               |        ^
                        """)
                .hasMessageContaining("Hint: Perhaps you meant to reference the column \"a.name\".");
    }

    @Test
    void whatExistsAlreadyIsAnsweredWithStampAndAdopt() {
        database.run("CREATE TABLE patients (id int)");

        assertThat(failure("CREATE TABLE patients (id int);"))
                .hasMessageContaining("relation \"patients\" already exists")
                .hasMessageContaining("mark it as applied with 'stamp'")
                .hasMessageContaining("'adopt'");
    }

    @Test
    void aStringThatNeverEndsIsNamedWhereItBegins() {
        assertThat(failure("SELECT 1;\nSELECT 'oops;\n"))
                .hasMessageContaining("001_script.sql:2:8: the string that begins here never ends.");
    }

    @Test
    void psqlCommandsAreRefusedWithTheirPlace() {
        assertThat(failure("SELECT 1;\n\\i other.sql\n"))
                .hasMessageContaining("001_script.sql:2:1: \\i is a command of psql, not of the server.");
        migrate("\\restrict abc\nSAVEPOINT a;\nROLLBACK TO a;\n\\unrestrict abc\n");
        assertThat(migrator(new Files()).status().current()).hasToString("[001]");
    }

    @Test
    void whatTheServerLacksIsNotTheScriptsFault() {
        assertThat(failure("DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$;"))
                .hasMessageContaining("no space left (SQLSTATE 53100)")
                .hasMessageContaining("Make room on the server, and start again. The script is not to blame.");
        assertThat(failure("SELECT pg_cancel_backend(pg_backend_pid());"))
                .hasMessageContaining("canceling statement due to user request")
                .hasMessageContaining("It was cancelled. Start again.");
    }

    @Test
    void anErrorThatTheScriptRaisesWithTheStateOfALostConnectionIsStillTheScripts() {
        MigrationException failure =
                failure("SELECT 1;\nDO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '08001'; END $$;");

        assertThat(failure).isInstanceOf(ScriptFailed.class).hasMessageContaining("ERROR: no (SQLSTATE 08001)");
        assertThat(column("SELECT event FROM migration_history")).containsExactly("FAILED");
    }

    /** What is read while the server still works on a message before it. */
    @Test
    void ofALongScriptTheFirstErrorIsTold() {
        StringBuilder script = new StringBuilder("CREATE TABLE a (id int PRIMARY KEY);\n");
        IntStream.rangeClosed(1, 1_100)
                .map(row -> row == 700 ? 1 : row)
                .forEach(row -> script.append("INSERT INTO a VALUES (" + row + ");\n"));
        script.append("SELECT 'never closed");

        MigrationException failure = failure(script.toString());

        assertThat(failure).hasMessageContaining("duplicate key value");
        assertThat(place(failure)).isEqualTo("701:1");
        assertThat(exists("a")).isFalse();
    }

    @Test
    void copyToTheClientIsRefusedBeforeAnythingIsCommitted() {
        assertThat(failure("CREATE TABLE a (id int);\n COPY a TO STDOUT;\nCREATE TABLE b (id int);"))
                .hasMessageContaining("001_script.sql:2:2: COPY ... TO STDOUT has no reader.");
        assertThat(exists("a") || exists("b")).isFalse();
        assertThat(column("SELECT event FROM migration_history")).containsExactly("FAILED");
    }

    private static String place(MigrationException failure) {
        SourceLocation location = failure.location();
        assertThat(location).isNotNull();
        return location.toString().replace("classpath:db/migration/001_script.sql:", "");
    }

    /** Connections that hide what they are made of, as some tracing wrappers do. */
    @Test
    void plainJdbcRunsAndRecordsToo() {
        Files files = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int); INSERT INTO a VALUES (1), (2);")
                .with("001_a.verify.sql", "SELECT count(*) = 2 FROM a;");

        migrator(withoutPgjdbc(), PostgresSettings.DEFAULT, files).migrate(Target.HEAD);

        assertThat(column("SELECT event FROM migration_history")).containsExactly("APPLIED");
    }
}
