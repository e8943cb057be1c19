package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.TableReader.Table;
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

        Table table = reader.find(null, Set.of("changeLog", "changelog")).get(0);

        assertThat(reader.kind()).hasToString("table");
        assertThat(table).isEqualTo(new Table("public", "changeLog", Set.of("filename", "done", "rank", "appliedat")));
        List<Map<String, Object>> rows = reader.rows(table);
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
    void aTableIsFoundWhereTheSearchPathMeetsItFirst() {
        String user = jdbc.queryForObject("SELECT current_user", String.class);
        database.run("CREATE TABLE one (version text); CREATE TABLE two (version text);" + " CREATE SCHEMA \"" + user
                + "\"; CREATE TABLE \"" + user + "\".one (version text, dirty boolean)");

        assertThat(reader.find(null, Set.of("one", "two", "three")))
                .containsExactlyInAnyOrder(
                        new Table(user, "one", Set.of("version", "dirty")),
                        new Table("public", "two", Set.of("version")));
        assertThat(reader.find("public", Set.of("one"))).containsExactly(new Table("public", "one", Set.of("version")));
        assertThat(reader.find("nowhere", Set.of("one"))).isEmpty();
    }

    @Test
    void aViewIsReadAndWhatHasNoRowsIsNotThere() {
        database.run(
                "CREATE TABLE none (); CREATE SEQUENCE numbers; CREATE VIEW seen AS SELECT '001'::text AS version");

        List<Table> found = reader.find(null, Set.of("none", "numbers", "seen"));

        assertThat(found).extracting(Table::name).containsExactly("seen");
        assertThat(reader.rows(found.get(0))).containsExactly(Map.of("version", "001"));
    }

    @Test
    void columnsWhoseNamesDifferInCaseAloneAreOne() {
        database.run("CREATE TABLE migrations (version text, \"Version\" text)");

        assertThat(reader.find(null, Set.of("migrations")))
                .containsExactly(new Table("public", "migrations", Set.of("version")));
    }

    @Test
    void readingChangesNothing() {
        database.run("CREATE TABLE migrations (version text)");
        List<String> before = Catalog.of(database.dataSource());

        reader.rows(reader.find(null, Set.of("migrations")).get(0));

        assertThat(Catalog.of(database.dataSource())).isEqualTo(before);
    }

    @Test
    void whatTheUserMayNotReadIsSaid() {
        String user = "reader_" + database.name();
        database.run("CREATE ROLE \"" + user + "\" LOGIN PASSWORD 'x'; CREATE TABLE migrations (version text);"
                + " CREATE SCHEMA hidden; CREATE TABLE hidden.migrations (version text)");
        try {
            TableReader theirs = reader(TestServer.as(database, user, "x"));

            Table table = theirs.find(null, Set.of("migrations")).get(0);
            assertThatThrownBy(() -> theirs.rows(table))
                    .isInstanceOf(HistoryUnusable.class)
                    .hasMessageStartingWith(
                            "The table \"public\".\"migrations\" cannot be read: permission denied for table migrations");
            assertThatThrownBy(() -> theirs.find("hidden", Set.of("migrations")))
                    .isInstanceOf(HistoryUnusable.class)
                    .hasMessageStartingWith("The schema hidden cannot be read: permission denied for schema hidden");
        } finally {
            database.run("DROP ROLE \"" + user + "\"");
        }
    }

    @Test
    void aServerThatIsNotThereIsNoTableThatCannotBeRead() {
        TableReader nowhere = reader(new DriverManagerDataSource("jdbc:postgresql://localhost:1/nowhere"));

        assertThatThrownBy(() -> nowhere.find(null, Set.of("migrations"))).isInstanceOf(DatabaseUnavailable.class);
    }
}
