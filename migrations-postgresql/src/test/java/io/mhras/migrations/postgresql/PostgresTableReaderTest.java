package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.TableReader.Table;
import io.mhras.migrations.postgresql.PostgresSettings.Limits;
import io.mhras.migrations.postgresql.PostgresSettings.Retry;
import io.mhras.migrations.testing.Catalog;
import io.mhras.migrations.testing.TestServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class PostgresTableReaderTest extends PostgresTest {

    private final TableReader reader = reader(database.dataSource());

    private static TableReader reader(DataSource dataSource) {
        return new PostgresDriver(dataSource, PostgresSettings.DEFAULT).tables();
    }

    @Test
    void rowsAreMapsByTheNamesOfTheirColumnsInLowerCase() {
        database.run("""
                CREATE TABLE "changeLog" ("fileName" text, done boolean, rank int, "appliedAt" timestamptz, gone text);
                ALTER TABLE "changeLog" DROP COLUMN gone;
                INSERT INTO "changeLog" VALUES ('001.sql', true, 1, '2025-10-30T15:30:00Z'), (NULL, false, 2, NULL)""");

        Table table =
                reader.find(null, Set.of("changeLog", "changelog"), Set.of()).get(0);

        assertThat(reader.kind()).hasToString("table");
        assertThat(table).isEqualTo(new Table("public", "changeLog", Set.of("filename", "done", "rank", "appliedat")));
        List<Map<String, Object>> rows = reader.rows(table, 10);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0))
                .isEqualTo(Map.of(
                        "filename",
                        "001.sql",
                        "done",
                        true,
                        "rank",
                        1,
                        "appliedat",
                        Instant.parse("2025-10-30T15:30:00Z")));
        assertThat(rows.get(1)).containsEntry("filename", null).containsEntry("appliedat", null);
    }

    @Test
    void whateverItsNameATableIsFoundByAColumnOfItsOwn() {
        database.run("CREATE TABLE mine (\"Installed_Rank\" int); CREATE TABLE yours (rank int);"
                + " CREATE VIEW seen AS SELECT 1 AS installed_rank");

        assertThat(reader.find(null, Set.of("none"), Set.of("installed_rank")))
                .containsExactly(new Table("public", "mine", Set.of("installed_rank")));
    }

    @Test
    void theSchemaOfScriptsComesBeforeTheSearchPath() {
        database.run("CREATE SCHEMA app; CREATE TABLE app.one (version text); CREATE TABLE one (version text)");
        TableReader theirs = new PostgresDriver(
                        database.dataSource(),
                        new PostgresSettings("app", "migration_history", "test", Limits.DEFAULT, Retry.DEFAULT))
                .tables();

        assertThat(theirs.find(null, Set.of("one"), Set.of()))
                .extracting(Table::schema)
                .containsExactly("app", "public");
    }

    @Test
    void noMoreRowsAreReadThanAreAskedFor() {
        database.run("CREATE TABLE one AS SELECT generate_series(1, 50) AS version");

        assertThat(reader.rows(reader.find(null, Set.of("one"), Set.of()).get(0), 20))
                .hasSize(20);
    }

    @Test
    void tablesAreFoundInEachSchemaOfTheSearchPath() {
        String user = jdbc.queryForObject("SELECT current_user", String.class);
        database.run("CREATE TABLE one (version text); CREATE TABLE two (version text);" + " CREATE SCHEMA \"" + user
                + "\"; CREATE TABLE \"" + user + "\".one (version text, dirty boolean)");

        assertThat(reader.find(null, Set.of("one", "two", "three"), Set.of()))
                .containsExactly(
                        new Table(user, "one", Set.of("version", "dirty")),
                        new Table("public", "one", Set.of("version")),
                        new Table("public", "two", Set.of("version")));
        assertThat(reader.find("public", Set.of("one"), Set.of()))
                .containsExactly(new Table("public", "one", Set.of("version")));
        assertThat(reader.find("nowhere", Set.of("one"), Set.of())).isEmpty();
    }

    @Test
    void aViewIsReadAndWhatHasNoRowsIsNotThere() {
        database.run(
                "CREATE TABLE none (); CREATE SEQUENCE numbers; CREATE VIEW seen AS SELECT '001'::text AS version");

        List<Table> found = reader.find(null, Set.of("none", "numbers", "seen"), Set.of());

        assertThat(found).extracting(Table::name).containsExactly("seen");
        assertThat(reader.rows(found.get(0), 10)).containsExactly(Map.of("version", "001"));
    }

    @Test
    void columnsWhoseNamesDifferInCaseAloneAreOne() {
        database.run("CREATE TABLE migrations (version text, \"Version\" text)");

        assertThat(reader.find(null, Set.of("migrations"), Set.of()))
                .containsExactly(new Table("public", "migrations", Set.of("version")));
    }

    @Test
    void readingChangesNothing() {
        database.run("CREATE TABLE migrations (version text)");
        List<String> before = Catalog.of(database.dataSource());

        reader.rows(reader.find(null, Set.of("migrations"), Set.of()).get(0), 10);

        assertThat(Catalog.of(database.dataSource())).isEqualTo(before);
    }

    @Test
    void whatTheUserMayNotReadIsSaid() {
        String user = "reader_" + database.name();
        database.run("CREATE ROLE \"" + user + "\" LOGIN PASSWORD 'x'; CREATE TABLE migrations (version text);"
                + " CREATE SCHEMA hidden; CREATE TABLE hidden.migrations (version text)");
        try {
            TableReader theirs = reader(TestServer.as(database, user, "x"));

            Table table = theirs.find(null, Set.of("migrations"), Set.of()).get(0);
            assertThatThrownBy(() -> theirs.rows(table, 10))
                    .isInstanceOf(HistoryUnusable.class)
                    .hasMessageStartingWith(
                            "The table \"public\".\"migrations\" cannot be read: permission denied for table migrations");
            Table hidden = theirs.find("hidden", Set.of("migrations"), Set.of()).get(0);
            assertThatThrownBy(() -> theirs.rows(hidden, 10))
                    .isInstanceOf(HistoryUnusable.class)
                    .hasMessageStartingWith(
                            "The table \"hidden\".\"migrations\" cannot be read: permission denied for schema hidden");
        } finally {
            database.run("DROP ROLE \"" + user + "\"");
        }
    }

    @Test
    void aServerThatIsNotThereIsNoTableThatCannotBeRead() {
        TableReader nowhere = reader(new DriverManagerDataSource("jdbc:postgresql://localhost:1/nowhere"));

        assertThatThrownBy(() -> nowhere.find(null, Set.of("migrations"), Set.of()))
                .isInstanceOf(DatabaseUnavailable.class);
    }
}
