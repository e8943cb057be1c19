package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.Catalog;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

@Timeout(180)
class SquashCommandTest extends CommandTest {

    @BeforeEach
    void writeFiles() throws IOException {
        file("001_wards.sql", """
                CREATE TABLE wards (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, note text);
                INSERT INTO wards (name, note) VALUES ('North', E'a\\tb\\\\'), ('South', NULL);
                """);
        file("001_wards.down.sql", "DROP TABLE wards;");
        file("002_beds.sql", """
                CREATE TABLE beds (id bigserial PRIMARY KEY, ward int NOT NULL REFERENCES wards,
                                   label text GENERATED ALWAYS AS ('bed ' || number) STORED, number text);
                CREATE FUNCTION beds_of(ward int) RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM beds b WHERE b.ward = $1';
                REVOKE ALL ON FUNCTION beds_of(int) FROM PUBLIC;
                INSERT INTO beds (ward, number) VALUES (1, '7');
                """);
        file("002_beds.verify.sql", "SELECT count(*) = 1 FROM beds;");
        file("003_index.sql", "CREATE INDEX CONCURRENTLY beds_by_ward ON beds (ward);");
        file("004_later.sql", "CREATE TABLE later (id int);");
        file("R_view.sql", "CREATE OR REPLACE VIEW ward_names AS SELECT name FROM wards;");
    }

    private void file(String name, String text) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), text);
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> rows(TestDatabase one) {
        JdbcTemplate jdbc = new JdbcTemplate(one.dataSource());
        List<String> rows = new ArrayList<>(jdbc.queryForList("SELECT w::text FROM wards w ORDER BY id", String.class));
        rows.addAll(jdbc.queryForList("SELECT b::text FROM beds b ORDER BY id", String.class));
        return rows;
    }

    @Test
    void theBaselineMakesWhatTheMigrationsMakeAndTheirFilesAreMoved() throws IOException {
        done("apply");
        CommandRun run =
                done("squash", "003", "--data", "beds", "--data", "public.wards", "--archive", folder + "-archive");

        assertThat(run.out()).isEqualTo(folder.resolve("B003__baseline.sql") + "\n");
        assertThat(run.err())
                .contains("Moved 5 files to " + folder + "-archive.")
                .doesNotContain("has rows");
        assertThat(names()).containsExactly("004_later.sql", "B003__baseline.sql", "R_view.sql");
        assertThat(folder.resolveSibling(folder.getFileName() + "-archive").resolve("002_beds.verify.sql"))
                .exists();

        done("apply");
        assertThat(run("check").code()).isZero();
        try (TestDatabase fresh = TestServer.newDatabase()) {
            CommandRun applied =
                    CommandRun.of(Map.of("MIGRATION_PATH", folder.toString(), "DATABASE_URL", fresh.url()), "apply");
            assertThat(applied.code()).as(applied.err()).isZero();
            assertThat(Catalog.of(fresh.dataSource())).isEqualTo(Catalog.of(database.dataSource()));
            assertThat(rows(fresh)).isEqualTo(rows(database)).hasSize(3);
            fresh.run("INSERT INTO wards (name) VALUES ('East'); INSERT INTO beds (ward) VALUES (3)");
        }
    }

    @Test
    void itSaysWhichRowsAreLeftOutAndWhichFilesMayGoAndWritesOverNothing() throws IOException {
        CommandRun run = done("squash", "002");

        assertThat(run.err())
                .contains("note: public.wards has rows, which the baseline leaves out; --data public.wards copies")
                .contains("Once every database has 002, these files may go:\n  ")
                .contains("001_wards.down.sql");
        String written = Files.readString(folder.resolve("B002__baseline.sql"));
        assertThat(written).startsWith("-- Makes on an empty database what the migrations up to 002 make.\n");

        CommandRun again = run("squash", "002");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("There is a baseline of 002 already, ").contains("it is left as it is.");
        assertThat(Files.readString(folder.resolve("B002__baseline.sql"))).isEqualTo(written);
        assertThat(done("squash", "003", "--output", "-").out()).contains("beds_by_ward");
        assertThat(names()).doesNotContain("B003__baseline.sql");
    }

    @Test
    void aDatabaseThatIsBehindNeedsTheFiles() throws IOException {
        done("apply", "002");
        CommandRun run = run("squash", "003");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("Nothing was written: postgresql is at 002, below 003, and needs the files that the baseline"
                        + " would stand for.");
        assertThat(names()).doesNotContain("B003__baseline.sql");
    }

    @Test
    void whatCannotBeIsRefused() throws IOException {
        assertThat(run("squash", "003", "--data", "bed").err())
                .contains("Nothing was written: the migrations make no table 'bed'.");
        assertThat(run("squash", "003", "--archive", folder.resolve("old").toString())
                        .err())
                .contains("--archive is below ");
        assertThat(run("squash", "--output", "file.sql").code()).isEqualTo(2);
        assertThat(run("squash", "--output", "-", "--archive", "x").code()).isEqualTo(2);
        file("005_branch.sql", "-- migrate:requires 003\nSELECT 1;");
        assertThat(run("squash").err()).contains("There are 2 heads");
        assertThat(run("squash", "005").err())
                .contains("a baseline stands for all versions up to its own, and 004 does not lead to 005.");
        file("002_beds.sql", "SELECT nonsense;");
        assertThat(run("squash", "002").err()).contains("the migrations do not run on an empty database.");
        assertThat(names()).noneMatch(name -> name.startsWith("B"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"allied-health", "auditor", "healthcare", "mhras"})
    void eachSampleSystemHasABaseline(String system) {
        assertThat(done("squash", "--output", "-", "--locations", "../sample-app/src/main/resources/db/" + system)
                        .out())
                .contains("CREATE TABLE");
    }
}
