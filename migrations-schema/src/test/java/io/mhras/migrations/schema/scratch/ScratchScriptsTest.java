package io.mhras.migrations.schema.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchScriptsTest {

    private final ScratchScripts scripts = new ScratchScripts("clinic");

    private static MigrationSet set(String sql) {
        MigrationScript up = MigrationScript.ofText("001_x.sql", "db/001_x.sql", sql);
        return MigrationSet.of(List.of(new Migration(MigrationVersion.of("001"), "x", null, up, null, null)));
    }

    private void check(String sql) {
        ScratchScripts.requireNoReach(scripts.findings(set(sql)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE ROLE app | CREATE ROLE changes a role, which all databases of the server share
            alter user app WITH PASSWORD 'x' | ALTER USER changes a role, which all databases of the server share
            DROP GROUP app | DROP GROUP changes a role, which all databases of the server share
            CREATE TABLESPACE fast LOCATION '/x' | CREATE TABLESPACE changes what all databases of the server share
            ALTER SYSTEM SET work_mem = '1GB' | ALTER SYSTEM changes the settings of the whole server
            CREATE DATABASE other | CREATE DATABASE is about another database
            DROP DATABASE clinic | DROP DATABASE is about another database
            ALTER DATABASE other SET work_mem = 1 | the database other is another one
            ALTER DATABASE clinic RENAME TO praxis | ALTER DATABASE ... RENAME is about the whole server
            GRANT CONNECT ON DATABASE clinic, other TO PUBLIC | the database other is another one
            COMMENT ON DATABASE other IS 'x' | the database other is another one
            COMMENT ON ROLE app IS 'x' | a remark on a role is shared by all databases of the server
            GRANT reader TO app | GRANT of a role changes what all databases of the server share
            REVOKE CREATE ON TABLESPACE fast FROM app | REVOKE ON TABLESPACE changes what all databases of the server share
            REASSIGN OWNED BY a TO b | REASSIGN OWNED reaches databases and tablespaces, too
            DROP OWNED BY a | DROP OWNED revokes rights on databases and tablespaces, too
            CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p | CREATE SUBSCRIPTION connects to another server
            CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw | CREATE SERVER leads to another server, which queries then connect to
            IMPORT FOREIGN SCHEMA s FROM SERVER x INTO y | IMPORT FOREIGN SCHEMA connects to another server
            COPY t FROM PROGRAM 'curl x' | COPY ... PROGRAM runs a program on the server's machine
            COPY (SELECT 1 FROM t) TO '/tmp/x' | COPY reaches a file on the server's machine
            INSERT INTO t SELECT * FROM dblink('host=x', 'SELECT 1') AS x(i int) | dblink() connects to another database
            SELECT pg_catalog.pg_read_file('/etc/passwd') | pg_read_file() reaches files on the server's machine
            SELECT lo_import('/x') | lo_import() reaches files on the server's machine
            SELECT pg_reload_conf() | pg_reload_conf() reaches the whole server
            CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'return 1' | a function in plpython3u may do on the server's machine whatever it wants
            REINDEX DATABASE other | the database other is another one
            ALTER ROLE app IN DATABASE other SET work_mem = 1 | the database other is another one
            """)
    void whatReachesBeyondTheDatabaseIsRefused(String sql, String why) {
        assertThatThrownBy(() -> check("CREATE TABLE t (i int);\n -- here\n  " + sql + ";\nSELECT 1;"))
                .hasMessageStartingWith("db/001_x.sql:3:")
                .hasMessageContaining(
                        ": " + why + ". On the real database's server that would outlive the scratch"
                                + " database, so nothing ran.\n\nWhat to do: Name a PostgreSQL server that is nobody's with"
                                + " 'mhras.migrations.scratch.on', or let one be started for this with 'mhras.migrations.scratch.embedded'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE users DROP role",
                "ALTER TABLE users ALTER role SET NOT NULL, DROP database",
                "CREATE TABLE subscription (role text, tablespace text, \"user\" text)",
                "CREATE USER MAPPING FOR CURRENT_USER SERVER s",
                "ALTER ROLE app IN DATABASE clinic SET work_mem = '1MB'",
                "GRANT SELECT (a, b) ON t TO app",
                "GRANT EXECUTE ON FUNCTION dblink(text) TO app",
                "COPY t FROM stdin;\n\\.\n",
                "INSERT INTO t VALUES ('CREATE ROLE app')",
                "SELECT 'DROP DATABASE clinic'",
                "COMMENT ON TABLE t IS 'CREATE ROLE x; pg_read_file()'",
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = 1', current_database()); END $$",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.role := 'x'; RETURN NEW; END $$",
            })
    void whatStaysInTheDatabaseIsNot(String sql) {
        check(sql + ";");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DO $$ BEGIN IF true THEN CREATE ROLE app; END IF; END $$ | 1:26
            DO $x$ BEGIN EXECUTE format('CREATE ROLE %I', 'app'); END $x$ | 1:30
            DO 'BEGIN DROP USER x; END' | 1:11
            CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ SELECT 1; ALTER SYSTEM RESET ALL $$ | 1:63
            CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM dblink_exec('x', 'y'); END $$ | 1:71
            """)
    void bodiesAreReadToo(String sql, String place) {
        assertThatThrownBy(() -> check(sql)).hasMessageStartingWith("db/001_x.sql:" + place + ": ");
    }

    @Test
    void severalPlacesAreNamed() {
        assertThatThrownBy(() -> check("CREATE ROLE a;\nCREATE ROLE b;"))
                .hasMessageContaining("so nothing ran.\nSo would:\n  db/001_x.sql:2:1: CREATE ROLE changes a role");
    }

    @Test
    void theRealDatabasesNameIsReadAsTheScratchs() {
        MigrationSet renamed = scripts.renamed(set("""
                -- Zürich 🏥 clinic
                ALTER DATABASE clinic SET timezone = 'clinic';
                GRANT CONNECT ON DATABASE "clinic" TO PUBLIC; SELECT 'clinic' AS clinic;
                COMMENT ON DATABASE clinic IS 'clinic';
                ALTER ROLE app IN DATABASE Clinic SET role = 'clinic';
                DO $$ BEGIN EXECUTE 'ALTER DATABASE clinic SET work_mem = 1'; ALTER DATABASE clinic RESET work_mem; END $$;
                \\connect clinic
                REINDEX DATABASE clinic;
                CREATE TABLE clinic (clinic text);"""), "mhras_scratch_1");
        assertThat(((MigrationScript) renamed.migrations().get(0).up()).text()).isEqualTo("""
                -- Zürich 🏥 clinic
                ALTER DATABASE "mhras_scratch_1" SET timezone = 'clinic';
                GRANT CONNECT ON DATABASE "mhras_scratch_1" TO PUBLIC; SELECT 'clinic' AS clinic;
                COMMENT ON DATABASE "mhras_scratch_1" IS 'clinic';
                ALTER ROLE app IN DATABASE "mhras_scratch_1" SET role = 'clinic';
                DO $$ BEGIN EXECUTE 'ALTER DATABASE "mhras_scratch_1" SET work_mem = 1'; ALTER DATABASE "mhras_scratch_1" RESET work_mem; END $$;
                \\connect "mhras_scratch_1"
                REINDEX DATABASE "mhras_scratch_1";
                CREATE TABLE clinic (clinic text);""");
    }

    @Test
    void aScriptThatDoesNotNameTheDatabaseIsTheSame() {
        MigrationSet set = set("CREATE TABLE clinic (id int);");
        assertThat(scripts.renamed(set, "mhras_scratch_1").migrations()).isEqualTo(set.migrations());
    }
}
