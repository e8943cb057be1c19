package io.mhras.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is no part of a schema, and what the user does not see of it. */
class LeftOutTest {

    private static final String HISTORY_OF_OURS =
            "(id bigserial PRIMARY KEY, event text, version text, up_script text, down_script text, fingerprint text)";

    @Test
    void historiesAreLeftOutWhateverTheirNames() {
        try (TestDatabase database = TestServer.newDatabase()) {
            database.run("CREATE SCHEMA ops; CREATE TABLE ops.log_of_ours " + HISTORY_OF_OURS
                    + "; COMMENT ON SEQUENCE ops.log_of_ours_id_seq IS 's'; CREATE TABLE ops.log_of_flyway (installed_rank int PRIMARY KEY,"
                    + " version text, type text, script text, success boolean); CREATE INDEX ON ops.log_of_flyway (success);"
                    + " CREATE TABLE databasechangeloglock (ID int PRIMARY KEY, LOCKED boolean, LOCKGRANTED timestamp, LOCKEDBY text);"
                    + " CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)");

            SchemaSnapshot snapshot = new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, false);

            assertThat(names(snapshot)).containsExactly("schema ops", "schema public", "comment of public");
            assertThat(snapshot.leftOut())
                    .containsExactly(
                            "table ops.log_of_flyway, of flyway",
                            "table public.databasechangeloglock, of liquibase",
                            "table public.schema_migrations, of golang-migrate");
            assertThat(new SchemaText(snapshot).toString())
                    .startsWith("# PostgreSQL ")
                    .contains("\n# left out: table public.schema_migrations, of golang-migrate\n");
        }
    }

    @Test
    void aTableIsNoHistoryForItsNameAlone() {
        try (TestDatabase database = TestServer.newDatabase()) {
            database.run(
                    "CREATE TABLE migration_history (id int, bird text); CREATE TABLE flyway_schema_history (a int);"
                            + " CREATE TABLE databasechangeloglock (id int); CREATE TABLE schema_migrations (version int, bird text)");

            SchemaSnapshot snapshot = new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, false);

            assertThat(names(snapshot))
                    .contains(
                            "table public.databasechangeloglock",
                            "table public.flyway_schema_history",
                            "table public.migration_history",
                            "table public.schema_migrations");
            assertThat(snapshot.leftOut()).isEmpty();
        }
    }

    @Test
    void whatIsNeededAndLeftOutIsStillNeeded() {
        try (TestDatabase database = TestServer.newDatabase()) {
            database.run("CREATE TABLE h " + HISTORY_OF_OURS + "; CREATE VIEW newest AS SELECT max(id) AS id FROM h");

            SchemaSnapshot snapshot = new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, false);

            assertThat(snapshot.edges())
                    .contains(new SchemaEdge(
                            new FactId(FactKind.VIEW, List.of("public", "newest")),
                            new FactId(FactKind.COLUMN, List.of("public", "h", "id"))));
        }
    }

    @Test
    void whatTheUserMayNotReadIsNamedAndNotCompared() {
        try (TestDatabase database = TestServer.newDatabase()) {
            String role = database.name() + "_reader";
            database.run("CREATE ROLE " + role + " LOGIN PASSWORD 'p'; CREATE TABLE t (id int);"
                    + " CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; COMMENT ON FUNCTION f() IS 'one';"
                    + " CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;"
                    + " CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (secret 'x')");
            try {
                SchemaSnapshot all = new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, true);
                PostgresSchema asReader = new PostgresSchema(TestServer.as(database, role, "p"));
                assertThat(asReader.snapshot(SchemaFilter.ALL, true)).isEqualTo(all);

                database.run("REVOKE SELECT ON pg_catalog.pg_proc FROM PUBLIC");
                SchemaSnapshot some = asReader.snapshot(SchemaFilter.ALL, true);

                assertThat(some.gaps())
                        .extracting(SchemaGap::what)
                        .containsExactly("routines", "aggregates", "owners", "grants");
                assertThat(new SchemaText(some).toString())
                        .contains(
                                "\n# this user may not read routines, which may be there or not: permission denied for"
                                        + " table pg_proc\n");
                assertThat(names(some)).contains("table public.t").doesNotContain("function public.f()");
                assertThat(all.differencesTo(some)).isEmpty();
                assertThat(some.differencesTo(all)).isEmpty();
                assertThat(all.unread()).containsEntry("options of user mappings", 1);
            } finally {
                database.run("GRANT SELECT ON pg_catalog.pg_proc TO PUBLIC; DROP ROLE " + role);
            }
        }
    }

    @Test
    void subscriptionsAreCounted() {
        try (TestDatabase database = TestServer.newDatabase()) {
            database.run("CREATE SUBSCRIPTION s CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false)");
            try {
                assertThat(new PostgresSchema(database.dataSource())
                                .snapshot(SchemaFilter.ALL, false)
                                .unread())
                        .containsOnly(Map.entry("subscriptions", 1));
            } finally {
                database.run("ALTER SUBSCRIPTION s SET (slot_name = NONE)");
                database.run("DROP SUBSCRIPTION s");
            }
        }
    }

    @Test
    void namesAreQuotedAsTheServerDoes() throws SQLException {
        try (TestDatabase database = TestServer.newDatabase();
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, quote_ident(name) FROM (SELECT word FROM"
                        + " pg_get_keywords() UNION ALL SELECT unnest(ARRAY['a$b', 'a1', '1a', 'A', 'ä', 'a\"b', 'plain']))"
                        + " AS names(name)")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
                assertThat(FactId.quoted(rows.getString(1))).isEqualTo(rows.getString(2));
            }
            assertThat(names).hasSizeGreaterThan(400);
        }
    }

    private static Stream<String> names(SchemaSnapshot snapshot) {
        return snapshot.facts().stream().map(fact -> fact.id().toString());
    }
}
