package io.mhras.migrations.schema.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.schema.PostgresServer;
import io.mhras.migrations.schema.ScratchOptions;
import io.mhras.migrations.source.MigrationLoader;
import io.mhras.migrations.testing.OwnServer;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import io.mhras.migrations.testing.TransactionPooler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class ScratchServerTest {

    private static final String WAYS =
            "What to do: Name another PostgreSQL server with 'mhras.migrations.scratch.on'; or let one be"
                    + " started for this with 'mhras.migrations.scratch.embedded'; or name an empty database that this user may fill with"
                    + " 'mhras.migrations.scratch.into'.";

    private final TestDatabase real = TestServer.newDatabase();
    private final JdbcTemplate admin = new JdbcTemplate(real.dataSource());
    private final String user = "author_" + real.name();

    @TempDir
    Path folder;

    @AfterEach
    void drop() {
        real.close();
        TestDatabase server = new TestDatabase("postgres", real.adminUrl(), real.adminUrl());
        new JdbcTemplate(server.dataSource())
                .queryForList("SELECT datname FROM pg_database WHERE datdba = to_regrole(?)", String.class, user)
                .forEach(name -> server.run("DROP DATABASE " + name));
        server.run("DROP ROLE IF EXISTS " + user);
    }

    private PostgresServer server() {
        return PostgresServer.at(real.url(), null, null);
    }

    /** The server as a user who may do little. */
    private PostgresServer serverAsAuthor(String options) {
        admin.execute("CREATE ROLE " + user + " LOGIN PASSWORD 'secret' " + options);
        return PostgresServer.at(real.url().replaceFirst("\\?.*", ""), user, "secret");
    }

    private List<String> scratchDatabases() {
        return admin.queryForList(
                "SELECT datname FROM pg_database WHERE datname LIKE 'mhras_scratch%' ORDER BY 1", String.class);
    }

    private MigrationSet files(String... sql) throws IOException {
        for (int i = 0; i < sql.length; i++) {
            Files.writeString(folder.resolve("00" + (i + 1) + "_x.sql"), sql[i]);
        }
        return new MigrationLoader(
                        List.of("filesystem:" + folder),
                        DatabaseKind.POSTGRESQL,
                        Map.of(),
                        getClass().getClassLoader())
                .load();
    }

    @Test
    void aScratchDatabaseIsMadeOnTheRealOnesServerAndDropped() {
        try (ScratchServer server = ScratchServer.open(server(), ScratchOptions.DEFAULT)) {
            String name;
            try (ScratchDatabase scratch = server.create("a test")) {
                name = scratch.name();
                assertThat(name).matches("mhras_scratch_\\d{8}_\\d{6}_[0-9a-f]{8}");
                assertThat(new JdbcTemplate(scratch.dataSource())
                                .queryForObject("SELECT current_database()", String.class))
                        .isEqualTo(name);
                assertThat(scratch.url()).matches("postgresql://postgres@localhost:\\d+/" + name);
                assertThat(admin.queryForObject(
                                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = ?",
                                String.class,
                                name))
                        .startsWith("MHRAS Migrations: scratch database for a test, made by ");
            }
            assertThat(scratchDatabases()).doesNotContain(name);
        }
    }

    @Test
    void itIsLikeTheRealOne() {
        real.run("ALTER DATABASE " + real.name() + " SET search_path = app, \"Odd, name\", public");
        real.run("ALTER DATABASE " + real.name() + " SET default_text_search_config = 'pg_catalog.german'");
        String what = "SELECT pg_encoding_to_char(encoding) || ' ' || datcollate || ' ' || datctype || ' '"
                + " || (SELECT setconfig FROM pg_db_role_setting WHERE setdatabase = d.oid AND setrole = 0)::text"
                + " FROM pg_database d WHERE datname = ?";
        try (ScratchServer server = ScratchServer.open(server(), ScratchOptions.DEFAULT);
                ScratchDatabase scratch = server.create("a test")) {
            assertThat(server.notes()).isEmpty();
            assertThat(admin.queryForObject(what, String.class, scratch.name()))
                    .isEqualTo(admin.queryForObject(what, String.class, real.name()))
                    .contains("Asia/Kathmandu", "german", "Odd, name");
        }
    }

    @Test
    void itsLocaleIsTheRealOnesWhoeverProvidesIt() {
        String icu = "icu_" + real.name();
        admin.execute("CREATE DATABASE " + icu + " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de-AT'");
        String what = "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = ?";
        try (ScratchServer server = ScratchServer.open(
                        new PostgresServer() {
                            @Override
                            public DataSource named() {
                                return server().database(icu);
                            }

                            @Override
                            public DataSource database(String name) {
                                return server().database(name);
                            }
                        },
                        ScratchOptions.DEFAULT);
                ScratchDatabase scratch = server.create("a test")) {
            assertThat(admin.queryForObject(what, String.class, scratch.name())).isEqualTo("i de-AT");
        } finally {
            admin.execute("DROP DATABASE " + icu);
        }
    }

    @Test
    void itIsDroppedWhateverHappens() {
        try (ScratchServer server = ScratchServer.open(server(), ScratchOptions.DEFAULT)) {
            ScratchDatabase left = server.create("a test");
            assertThatThrownBy(() -> {
                        try (ScratchDatabase scratch = server.create("a test");
                                Connection open = scratch.dataSource().getConnection()) {
                            open.createStatement().execute("SELECT broken");
                        }
                    })
                    .isInstanceOf(SQLException.class);
            admin.queryForList(
                    "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE datname = ?",
                    String.class,
                    left.name());
        }
        assertThat(scratchDatabases()).isEmpty();
    }

    @Test
    void whatIsKeptStaysAndNobodyClearsItAway() {
        ScratchOptions keep = new ScratchOptions(null, false, null, null, true);
        String name;
        try (ScratchServer server = ScratchServer.open(serverAsAuthor("CREATEDB"), keep);
                ScratchDatabase scratch = server.create("a test")) {
            name = scratch.name();
        }
        assertThat(admin.queryForObject(
                        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = ?",
                        String.class,
                        name))
                .startsWith("MHRAS Migrations: kept scratch database for a test");
        String old = aged(name, Duration.ofHours(3));
        ScratchServer.open(PostgresServer.at(real.url().replaceFirst("\\?.*", ""), user, "secret"), keep)
                .close();
        assertThat(scratchDatabases()).contains(old);
    }

    private String aged(String name, Duration age) {
        String old = ScratchName.next(Instant.now().minus(age));
        admin.execute("ALTER DATABASE " + name + " RENAME TO " + old);
        return old;
    }

    @Test
    void whatAKilledProcessLeftIsDroppedByALaterOneIfItIsCertainToBeThat() throws SQLException {
        PostgresServer author = serverAsAuthor("CREATEDB");
        ScratchOptions usual = ScratchOptions.DEFAULT;
        String left;
        String inUse;
        String young;
        String foreign;
        try (ScratchServer others = ScratchServer.open(server(), usual)) {
            // Not closed, as by a process that was killed; then the server ends its sessions.
            left = ScratchServer.open(author, usual).create("a test").name();
            inUse = ScratchServer.open(author, usual).create("a test").name();
            young = ScratchServer.open(author, usual).create("a test").name();
            foreign = others.create("a test").name();
            admin.queryForList(
                    "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE datname LIKE 'mhras_scratch%'",
                    String.class);
            left = aged(left, Duration.ofMinutes(61));
            inUse = aged(inUse, Duration.ofMinutes(61));
            foreign = aged(foreign, Duration.ofMinutes(61));
            String look = "mhras_scratch_20200101_000000_zz";
            admin.execute("CREATE DATABASE " + look + " OWNER " + user);
            try (Connection open = author.database(inUse).getConnection();
                    ScratchServer later = ScratchServer.open(author, usual)) {
                assertThat(later.notes())
                        .containsExactly(
                                "The scratch database " + left + ", which a process had left behind, was dropped.");
                assertThat(scratchDatabases())
                        .contains(inUse, young, foreign, look)
                        .doesNotContain(left);
                assertThat(open.isValid(1)).isTrue();
            }
        } finally {
            admin.queryForList("SELECT datname FROM pg_database WHERE datname LIKE 'mhras_scratch%'", String.class)
                    .forEach(name -> admin.execute("DROP DATABASE " + name + " WITH (FORCE)"));
        }
    }

    @Test
    void aUserWithoutTheRightToCreateDatabasesIsToldTheThreeWaysOut() {
        PostgresServer author = serverAsAuthor("");
        assertThatThrownBy(() -> ScratchServer.open(author, ScratchOptions.DEFAULT))
                .hasMessage("No scratch database can be made: the user " + user + " may not create databases on this"
                        + " server (it has no CREATEDB). Nothing was made.\n\n" + WAYS);
    }

    @Test
    void aStandbyIsToldApart() {
        try (OwnServer standby = OwnServer.start()) {
            standby.becomeStandby();
            assertThatThrownBy(() -> ScratchServer.open(
                            PostgresServer.at(standby.adminUrl(), null, null), ScratchOptions.DEFAULT))
                    .hasMessage(
                            "No scratch database can be made: this server is a standby, which only reads. Nothing was"
                                    + " made.\n\n" + WAYS);
        }
    }

    @Test
    void aPoolerIsToldApart() throws IOException {
        try (TransactionPooler pooler = TransactionPooler.on(real.url(), 4)) {
            assertThatThrownBy(() ->
                            ScratchServer.open(PostgresServer.at(pooler.url(), null, null), ScratchOptions.DEFAULT))
                    .hasMessage(
                            "No scratch database can be made: a connection pooler, such as PgBouncer, stands between"
                                    + " this process and PostgreSQL, and leads to the databases only that it knows. Nothing was"
                                    + " made.\n\n" + WAYS);
        }
    }

    @Test
    void anExtensionThatTheServerDoesNotHaveIsNamedBeforeAnythingIsMade() throws IOException {
        MigrationSet set = files("CREATE EXTENSION IF NOT EXISTS pgcrypto;\nCREATE EXTENSION\n  timescaledb CASCADE;");
        try (ScratchServer server = ScratchServer.open(server(), ScratchOptions.DEFAULT)) {
            assertThatThrownBy(() -> server.require(set))
                    .hasMessage("The scratch database's server has no extension timescaledb, which filesystem:" + folder
                            + "/001_x.sql:3:3 names. Nothing was made.\n\n" + WAYS);
        }
    }

    @Test
    void anExtensionThatOnlyASuperuserMayCreateIsNamed() throws IOException {
        MigrationSet set = files("CREATE EXTENSION file_fdw;");
        try (ScratchServer server = ScratchServer.open(serverAsAuthor("CREATEDB"), ScratchOptions.DEFAULT)) {
            assertThatThrownBy(() -> server.require(set))
                    .hasMessage("The user " + user + " may not create extension file_fdw, which filesystem:" + folder
                            + "/001_x.sql:1:18 names in a scratch database: only a superuser may. Nothing was made.\n\n"
                            + WAYS);
        }
    }

    @Test
    void aRoleThatTheServerDoesNotHaveIsNamed() throws IOException {
        MigrationSet set = files("""
                CREATE TABLE t (id int);
                GRANT SELECT ON t TO PUBLIC, nobody_here;
                ALTER TABLE t OWNER TO CURRENT_USER;
                CREATE POLICY p ON t TO "Nor Here" USING (true);""");
        try (ScratchServer server = ScratchServer.open(server(), ScratchOptions.DEFAULT)) {
            assertThatThrownBy(() -> server.require(set))
                    .hasMessage("The scratch database's server has no role Nor Here, which filesystem:" + folder
                            + "/001_x.sql:4:25 names; no role nobody_here, which filesystem:" + folder
                            + "/001_x.sql:2:30 names. Create the role there first, without any rights, if it is another"
                            + " server. Nothing was made.\n\n" + WAYS);
        }
    }

    @Test
    void aGivenDatabaseIsUsedByAUserWhoMayNotCreateOne() {
        PostgresServer author = serverAsAuthor("");
        String given = "given_" + real.name();
        admin.execute("CREATE DATABASE " + given + " OWNER " + user);
        ScratchOptions into = new ScratchOptions(null, false, null, given, false);
        JdbcTemplate inside = new JdbcTemplate(author.database(given));
        try (ScratchServer server = ScratchServer.open(author, into)) {
            try (ScratchDatabase scratch = server.create("a test")) {
                assertThat(scratch.name()).isEqualTo(given);
                for (String sql : List.of(
                        "CREATE EXTENSION pgcrypto",
                        "CREATE SCHEMA app",
                        "CREATE TYPE app.mood AS ENUM ('ok')",
                        "CREATE TABLE public.t (id serial PRIMARY KEY, mood app.mood)",
                        "CREATE VIEW v AS SELECT * FROM t",
                        "CREATE MATERIALIZED VIEW mv AS SELECT * FROM t",
                        "CREATE FUNCTION f(int, text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                        "CREATE AGGREGATE public.total(int) (SFUNC = int4pl, STYPE = int)",
                        "CREATE SEQUENCE \"Odd One\"",
                        "CREATE CAST (app.mood AS int) WITH INOUT",
                        "SELECT lo_create(0)",
                        "CREATE PUBLICATION p")) {
                    inside.execute(sql);
                }
                assertThatThrownBy(() -> server.create("another"))
                        .hasMessage("The database " + given + " is in use as a scratch database already.\n\nWhat to do:"
                                + " Wait until the other one is done with it, or name another database.");
            }
            server.create("whether it is empty again").close();
            inside.execute("CREATE TABLE left_here (id int)");
            assertThatThrownBy(() -> server.create("a test"))
                    .hasMessage(
                            "The database " + given + " is not empty: it has table public.left_here. Nothing was done"
                                    + " to it.\n\nWhat to do: Name a database with nothing in it: everything that is in it"
                                    + " afterwards is dropped.");
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsSaidWithoutThePassword() {
        PostgresServer closed = PostgresServer.at("jdbc:postgresql://localhost:1/x", "someone", "secret");
        assertThatThrownBy(() -> ScratchServer.open(server(), new ScratchOptions(closed, false, null, null, false)))
                .hasMessageStartingWith(
                        "The server for scratch databases cannot be reached: Connection to localhost:1" + " refused.")
                .hasMessageNotContaining("secret");
    }

    @Test
    void withoutAnyServerTheWaysOutAreSaid() {
        assertThatThrownBy(() -> ScratchServer.open(null, ScratchOptions.DEFAULT))
                .hasMessage("There is no server for a scratch database. Nothing was made.\n\n" + WAYS);
    }
}
