package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.testing.Files;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The advice of an error fits what is wrong. */
class RemedyTest extends PostgresTest {

    @Test
    void vacuumInAProcedureBelongsIntoTheFile() {
        assertThat(failure("""
                create table a(id int);
                create procedure clean_up() language plpgsql as $$ begin vacuum; end $$;
                call clean_up();
                """))
                .hasMessageContaining("001_script.sql:3:1")
                .hasMessageContaining("It can never run inside a function, a procedure or a DO block.")
                .hasMessageContaining("nothing of it was kept");
        assertThat(exists("a")).isFalse();
    }

    @Test
    void aConcurrentIndexInADoBlockBelongsIntoTheFile() {
        assertThat(failure("""
                create table a(id int);
                do $$ begin execute 'create index concurrently i on a (id)'; end $$;
                """))
                .hasMessageContaining("It can never run inside a function, a procedure or a DO block.")
                .hasMessageContaining("nothing of it was kept");
    }

    @Test
    void aSessionThatMayOnlyReadIsNotTheScriptsFault() {
        MigrationException failure = failure("BEGIN READ ONLY; CREATE TABLE t (a int); COMMIT;");

        assertThat(failure).hasMessageContaining("(SQLSTATE 25006)").hasMessageContaining("The session may only read");
        assertThat(failure.remedy()).doesNotContain("Correct the script");
    }

    @Test
    void aConnectionThatMayOnlyReadIsNotTheScriptsFault() {
        migrate("CREATE TABLE t (a int);");
        database.run("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");

        MigrationException failure = failure(migrator(new Files()
                .with("001_script.sql", "CREATE TABLE t (a int);")
                .with("002_more.sql", "CREATE TABLE u (a int);")));

        assertThat(failure.remedy()).contains("Connect to the primary server").doesNotContain("Correct the script");
    }

    @Test
    void aParameterThatTheDriverDoesNotKnowIsNamed() {
        assertThat(failure(migrator(
                        new DriverManagerDataSource(database.url() + "&sslmode=bogus"),
                        PostgresSettings.DEFAULT,
                        new Files().with("001_a.sql", "SELECT 1"))))
                .hasMessageContaining("sslmode")
                .hasMessageContaining("it is one of disable, allow, prefer, require, verify-ca, verify-full.");
    }
}
