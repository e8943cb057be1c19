package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.testing.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database that another tool has migrated, and whose history here is empty: nothing runs a second time. */
class OtherHistoryTest extends CommandTest {

    private static final String CONFLICT =
            "Another tool has migrated this database, and the history of these files is empty: ";

    @TempDir
    Path theirs;

    @BeforeEach
    void ours() throws IOException {
        write("V1__patients.sql", "CREATE TABLE patients (name TEXT);\n");
        write("V2__ann.sql", "INSERT INTO patients VALUES ('Ann');\n");
        write("V2__ann.down.sql", "DELETE FROM patients;\n");
    }

    private void flyway(String... locations) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("filesystem:" + folder)
                .schemas(locations)
                .load()
                .migrate();
    }

    private CommandRun refused(String... arguments) {
        List<String> before = Catalog.of(database.dataSource());
        CommandRun run = run(arguments);
        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCode.FAILED.code());
        assertThat(Catalog.of(database.dataSource())).isEqualTo(before);
        return run;
    }

    @Test
    void eachVerbSaysTheSameAndChangesNothing() throws IOException {
        Files.delete(folder.resolve("V2__ann.down.sql"));
        flyway();
        write("V2__ann.down.sql", "DELETE FROM patients;\n");

        for (String verb : List.of(
                "apply",
                "apply --dry-run",
                "validate",
                "status",
                "check",
                "report",
                "current",
                "history",
                "history --events",
                "repair",
                "repair --dry-run",
                "rollback base",
                "clean --force " + database.name(),
                "status --format json",
                "report --format html",
                "apply 1",
                "apply +1")) {
            assertThat(refused(verb.split(" ")).err())
                    .as(verb)
                    .contains(CONFLICT
                            + "the table public.flyway_schema_history of flyway has 2 migrations. What it ran would"
                            + " run again.")
                    .contains("What to do: Take over what it has applied: 'migrations adopt'.");
        }
        assertThat(rows("patients")).isEqualTo(1);

        done("adopt");
        assertThat(done("apply").out()).startsWith("postgresql: nothing to do");
        assertThat(rows("patients")).isEqualTo(1);
    }

    private int rows(String table) {
        Integer count =
                new JdbcTemplate(database.dataSource()).queryForObject("SELECT count(*) FROM " + table, Integer.class);
        return count == null ? -1 : count;
    }

    @Test
    void whatIsNoneOfOursIsLeftAlone() throws IOException {
        Files.delete(folder.resolve("V2__ann.down.sql"));
        flyway();
        Files.delete(folder.resolve("V1__patients.sql"));
        Files.delete(folder.resolve("V2__ann.sql"));
        write("001_visits.sql", "CREATE TABLE visits (id BIGINT);\n");

        CommandRun run = done("apply", "--adopt", "none");

        assertThat(run.out()).contains("1 done");
        assertThat(run.err().split("flyway_schema_history of flyway has 2 migrations", -1))
                .hasSize(2);
        assertThat(run.err()).contains("it is left alone and all files run.");
        assertThat(done("apply").err()).doesNotContain("flyway");
        assertThat(tables()).contains("visits", "migration_history");
    }

    @Test
    void thePropertiesFileAndTheEnvironmentMaySayNoneAsWell() throws IOException {
        Files.delete(folder.resolve("V2__ann.down.sql"));
        flyway();
        write("migrations.properties", "mhras.migrations.adopt=none\n");

        assertThat(done(
                                "status",
                                "--config",
                                folder.resolve("migrations.properties").toString())
                        .out())
                .contains("2 to apply");
    }

    @Test
    void onlyNoneCanBeSaid() {
        CommandRun run = run("apply", "--adopt", "flyway");

        assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err())
                .contains("cannot be 'flyway': another tool's history is not adopted by itself at a start.")
                .contains("Adopt it once with 'migrations adopt', and leave the setting out");
    }

    @Test
    void anySchemaOfTheSearchPathCounts() throws IOException {
        Files.delete(folder.resolve("V2__ann.down.sql"));
        flyway("made");
        assertThat(run("status").out()).contains("2 to apply");

        assertThat(refused("apply", "--url", database.url() + "&options=-csearch_path%3Dpublic,made")
                        .err())
                .contains("the table made.flyway_schema_history of flyway has 2 migrations.");
        assertThat(refused("apply", "--schema", "made").err())
                .contains("the table made.flyway_schema_history of flyway has 2 migrations.");
    }

    @Test
    void flywaysTableMayHaveAnotherName() throws IOException {
        Files.delete(folder.resolve("V2__ann.down.sql"));
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("filesystem:" + folder)
                .table("what_ran")
                .load()
                .migrate();

        assertThat(refused("apply").err()).contains("the table public.what_ran of flyway has 2 migrations.");
        assertThat(done("adopt").out()).contains("2 marked as applied, from flyway");
    }

    @Test
    void liquibaseIsRecognised() throws Exception {
        Files.writeString(
                theirs.resolve("changelog.sql"),
                "--liquibase formatted sql\n--changeset ann:1\nCREATE TABLE patients (name TEXT);\n");
        try (Connection connection = database.dataSource().getConnection();
                Liquibase liquibase = new Liquibase(
                        "changelog.sql",
                        new DirectoryResourceAccessor(theirs),
                        DatabaseFactory.getInstance()
                                .findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
            liquibase.update("");
        }

        assertThat(refused("apply").err()).contains("the table public.databasechangelog of liquibase has 1 migration.");
    }

    /** What each tool's own source makes, with two migrations, and what is said of it. */
    static Stream<Arguments> tablesOfTools() {
        return Stream.of(
                Arguments.of(
                        "CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL);"
                                + " INSERT INTO schema_migrations VALUES (42, false)",
                        "the table public.schema_migrations of golang-migrate is at 42."),
                Arguments.of(
                        "CREATE TABLE schema_migrations (version character varying NOT NULL PRIMARY KEY);"
                                + " INSERT INTO schema_migrations VALUES ('1'), ('2')",
                        "the table public.schema_migrations of dbmate has 2 migrations."),
                Arguments.of(
                        "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, inserted_at timestamp(0));"
                                + " INSERT INTO schema_migrations VALUES (1, now()), (2, now())",
                        "the table public.schema_migrations of ecto has 2 migrations."),
                Arguments.of(
                        "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL,"
                                + " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));"
                                + " INSERT INTO alembic_version VALUES ('2a4f1b9c8d7e')",
                        "the table public.alembic_version of alembic is at 2a4f1b9c8d7e."),
                Arguments.of(
                        "CREATE TABLE schema_version (version int4 NOT NULL); INSERT INTO schema_version VALUES (7)",
                        "the table public.schema_version of tern is at 7."),
                Arguments.of(
                        "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL,"
                                + " installed_on TIMESTAMPTZ NOT NULL DEFAULT now(), success BOOLEAN NOT NULL,"
                                + " checksum BYTEA NOT NULL, execution_time BIGINT NOT NULL);"
                                + " INSERT INTO _sqlx_migrations VALUES (1, 'a', now(), true, '\\x00', 1)",
                        "the table public._sqlx_migrations of sqlx has 1 migration."),
                Arguments.of(
                        "CREATE TABLE refinery_schema_history (version INT4 PRIMARY KEY, name VARCHAR(255),"
                                + " applied_on VARCHAR(255), checksum VARCHAR(255));"
                                + " INSERT INTO refinery_schema_history VALUES (1, 'a', '2022-01-01T00:00:00Z', '1')",
                        "the table public.refinery_schema_history of refinery has 1 migration."),
                Arguments.of(
                        "CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL,"
                                + " run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);"
                                + " INSERT INTO __diesel_schema_migrations VALUES ('20220101000000')",
                        "the table public.__diesel_schema_migrations of diesel has 1 migration."),
                Arguments.of(
                        "CREATE TABLE atlas_schema_revisions (version varchar NOT NULL PRIMARY KEY, description varchar NOT"
                                + " NULL, type bigint NOT NULL DEFAULT 2, applied bigint NOT NULL DEFAULT 0, total bigint NOT"
                                + " NULL DEFAULT 0, executed_at timestamptz NOT NULL, execution_time bigint NOT NULL, error"
                                + " text, error_stmt text, hash varchar NOT NULL, partial_hashes jsonb, operator_version"
                                + " varchar NOT NULL); INSERT INTO atlas_schema_revisions VALUES ('1', 'a', 2, 1, 1, now(), 1,"
                                + " NULL, NULL, 'h', NULL, 'Atlas')",
                        "the table public.atlas_schema_revisions of atlas has 1 migration."),
                Arguments.of(
                        "CREATE TABLE knex_migrations (id SERIAL PRIMARY KEY, name varchar(255), batch integer,"
                                + " migration_time timestamptz); INSERT INTO knex_migrations (name) VALUES ('1_a.js')",
                        "the table public.knex_migrations of knex has 1 migration."),
                Arguments.of(
                        "CREATE TABLE \"migrations\" (\"id\" SERIAL NOT NULL PRIMARY KEY, \"timestamp\" bigint NOT NULL,"
                                + " \"name\" character varying NOT NULL);"
                                + " INSERT INTO migrations (\"timestamp\", name) VALUES (1, 'A1')",
                        "the table public.migrations of typeorm has 1 migration."),
                Arguments.of(
                        "CREATE TABLE \"SequelizeMeta\" (name varchar(255) NOT NULL PRIMARY KEY);"
                                + " INSERT INTO \"SequelizeMeta\" VALUES ('1-a.js')",
                        "the table public.SequelizeMeta of sequelize has 1 migration."),
                Arguments.of(
                        "CREATE TABLE django_migrations (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, app"
                                + " varchar(255) NOT NULL, name varchar(255) NOT NULL, applied timestamptz NOT NULL);"
                                + " INSERT INTO django_migrations (app, name, applied) VALUES ('auth', '0001_initial', now())",
                        "the table public.django_migrations of django has 1 migration."),
                Arguments.of(
                        "CREATE TABLE gorp_migrations (id text NOT NULL PRIMARY KEY, applied_at timestamptz);"
                                + " INSERT INTO gorp_migrations VALUES ('1.sql', now())",
                        "the table public.gorp_migrations of sql-migrate has 1 migration."),
                Arguments.of(
                        "CREATE TABLE changelog (id NUMERIC(20,0) NOT NULL PRIMARY KEY, applied_at VARCHAR(25) NOT NULL,"
                                + " description VARCHAR(255) NOT NULL);"
                                + " INSERT INTO changelog VALUES (20220101000000, '2022-01-01 00:00:00', 'a')",
                        "the table public.changelog of mybatis has 1 migration."),
                Arguments.of(
                        "CREATE TABLE changelog (version text, checksum text); INSERT INTO changelog VALUES ('1', 'x')",
                        "the table public.changelog of another tool has 1 migration."),
                Arguments.of(
                        "CREATE TABLE migrations (filename text, executed_at timestamptz);"
                                + " INSERT INTO migrations VALUES ('1.sql', now())",
                        "the table public.migrations of another tool has 1 migration."));
    }

    @ParameterizedTest
    @MethodSource("tablesOfTools")
    void theTableOfEachToolIsRecognised(String sql, String said) {
        database.run(sql);

        assertThat(refused("apply").err()).contains(CONFLICT + said);
        assertThat(refused("status").err()).contains(CONFLICT + said);
    }

    @Test
    void tablesWithSuchNamesAndOtherColumnsAreNoHistories() {
        database.run("""
                CREATE TABLE changelog (version text, title text);
                CREATE TABLE migrations (species text, seen_at timestamptz);
                CREATE TABLE schema_migrations (id bigint, version text);
                CREATE TABLE flyway_schema_history (id bigint);
                CREATE TABLE schema_version (major int, minor int);
                INSERT INTO changelog VALUES ('1.0', 'The first release');
                INSERT INTO migrations VALUES ('goose', now());
                INSERT INTO schema_migrations VALUES (1, '1');
                INSERT INTO flyway_schema_history VALUES (1);
                INSERT INTO schema_version VALUES (1, 0)""");

        assertThat(done("apply").out()).contains("2 done");
    }

    @Test
    void anEmptyHistoryOfAnotherToolIsNone() {
        database.run("CREATE TABLE alembic_version (version_num varchar(32) NOT NULL);"
                + " CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)");

        assertThat(done("apply").out()).contains("2 done");
    }

    @Test
    void anotherServicesHistoryOfOursIsNone() {
        done("apply", "--table", "schema_history");

        database.run("DROP TABLE patients");
        assertThat(done("apply").out()).contains("2 done");
    }
}
