package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mhras.migrations.Target;
import io.mhras.migrations.testing.Files;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pg_dump writes, as it comes: each version has its own way to begin. */
class DumpTest extends PostgresTest {

    private final String owner = database.name() + "_owner";
    private final String reader = database.name() + "_reader";

    @BeforeEach
    void createRoles() {
        database.run("CREATE ROLE " + owner + "; CREATE ROLE " + reader);
    }

    @AfterEach
    void dropRoles() {
        database.run(
                "DROP OWNED BY " + owner + ", " + reader + " CASCADE; DROP ROLE " + owner + "; DROP ROLE " + reader);
    }

    private String dump(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(DumpTest.class.getResourceAsStream("dumps/" + name + ".sql"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("clinic_owner", owner)
                    .replace("clinic_reader", reader)
                    .replace("dumped_database", database.name());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_dump_9_6", "pg_dump_12", "pg_dump_18"})
    void aDumpOfAnyVersionRunsInOneTransaction(String name) throws IOException {
        if (name.equals("pg_dump_18")) {
            assumeThat(column("SELECT name FROM pg_settings WHERE name = 'transaction_timeout'"))
                    .isNotEmpty();
        }

        migrate(dump(name));

        assertThat(column("SELECT id || ' ' || coalesce(name, 'null') FROM patients ORDER BY id"))
                .containsExactly("1 one; two\\", "2 null");
        assertThat(column("SELECT tableowner::text FROM pg_tables WHERE tablename = 'patients'"))
                .containsExactly(owner);
        assertThat(column("SELECT event FROM migration_history")).containsExactly("APPLIED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_dump_15", "pg_dump_15_create_clean_inserts"})
    void aDumpOfARichSchemaRuns(String name) throws IOException {
        Files files = new Files().with("001_dump.sql", dump(name)).with("002_next.sql", "CREATE TABLE made (id int);");

        migrator(files).migrate(Target.HEAD);

        assertThat(column("SELECT name FROM clinic.patients ORDER BY id"))
                .hasSize(8)
                .contains("row 1;\ttab\nnewline\\back \\. 'quote' $$ ü 😀", "\\.", "\\N", "-- x", "/* y", "");
        assertThat(column("SELECT \"sel\\ect\" FROM \"Odd Schema\".\"T;able\"")).containsExactly("\\.", null, "\r\n");
        assertThat(column("SELECT count::text FROM clinic.mv")).containsExactly("8");
        assertThat(column(
                        "SELECT tableoid::regclass || ' ' || count(*) FROM clinic.events GROUP BY tableoid ORDER BY 1"))
                .containsExactly("clinic.events_2024 7", "clinic.events_default 1");
        assertThat(column("SELECT encode(lo_get(4711), 'hex')")).containsExactly("01020304");
        assertThat(column("SELECT polname::text FROM pg_policy")).containsExactly("pol");
        assertThat(column("SELECT setting FROM pg_db_role_setting d, unnest(setconfig) AS setting"
                        + " WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .contains(name.contains("create") ? "work_mem=5MB" : "TimeZone=Asia/Kathmandu");
        assertThat(exists("public.made")).isTrue();
    }

    @Test
    void aDumpForADatabaseThatIsThereSaysWhatToTakeOut() {
        assertThat(failure("SET lock_timeout = 0;\nCREATE DATABASE " + database.name() + ";\n\\connect "
                        + database.name()))
                .hasMessageContaining("001_script.sql:2:1")
                .hasMessageContaining("database \"" + database.name() + "\" already exists")
                .hasMessageContaining(
                        "Take CREATE DATABASE out (pg_dump without --create writes none), and start again.");
    }

    @Test
    void aDumpWithARoleThatIsMissingSaysWhatToDo() {
        assertThat(failure("CREATE TABLE a (id int);\nALTER TABLE a OWNER TO nobody_here;"))
                .hasMessageContaining("001_script.sql:2:1")
                .hasMessageContaining("role \"nobody_here\" does not exist")
                .hasMessageContaining("Create the role first, or make the dump with --no-owner and --no-privileges.");
    }

    @Test
    void aDumpWithASettingOfANewerServerSaysWhatToDo() {
        assertThat(failure("SET timeout_of_tomorrow = 0;"))
                .hasMessageContaining("unrecognized configuration parameter \"timeout_of_tomorrow\"")
                .hasMessageContaining("This server does not have that setting. Take it out.");
    }
}
