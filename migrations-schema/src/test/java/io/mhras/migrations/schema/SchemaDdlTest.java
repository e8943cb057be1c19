package io.mhras.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.testing.ServerVersions;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A schema that was written as statements is the same once they have run. */
class SchemaDdlTest {

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void oneOfEachKindIsMadeAgain(int major) {
        try (TestDatabase database = EverySchema.onServer(major)) {
            SchemaDdl ddl = isMadeAgain(database, major);

            assertThat(ddl.unwritten())
                    .extracting(SchemaDdl.Unwritten::toString)
                    .containsExactly(
                            "server elsewhere: its options host, whose values may be secrets and are not read",
                            "user mapping elsewhere.public: its options, whose values may be secrets and are not read",
                            "casts: 1, of a kind that is not read",
                            "options of user mappings: 1, of a kind that is not read");
            assertThat(ddl.toString()).doesNotContain("secret-host", "'secret'");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void whatNeedsEachOtherIsMadeAgain(int major) {
        try (TestDatabase database = ServerVersions.newDatabase(major)) {
            database.run(EverySchema.resource("entangled.sql"));
            if (major >= 14) {
                database.run(
                        "CREATE FUNCTION a.atomic() RETURNS bigint BEGIN ATOMIC SELECT max(n) FROM a.z_first; END");
                database.run("ALTER TABLE a.two ALTER COLUMN code SET COMPRESSION pglz");
                database.run("CREATE TYPE a.odd AS RANGE (subtype = int, multirange_type_name = a.odds)");
            }
            if (major >= 15) {
                database.run(
                        "CREATE UNIQUE INDEX three_odd ON a.three (one_id) NULLS NOT DISTINCT;"
                                + " CREATE PUBLICATION \"some\" FOR TABLE a.two (id, code) WHERE (id > 5); CREATE PUBLICATION more FOR TABLE a.three, TABLES IN SCHEMA \"Order\"");
            }
            if (major >= 18) {
                database.run("ALTER TABLE a.two ADD CONSTRAINT two_id CHECK (id > 0) NOT ENFORCED;"
                        + " ALTER TABLE a.pairs ADD CONSTRAINT pairs_id NOT NULL id NOT VALID;"
                        + " ALTER TABLE a.generated ADD COLUMN v int GENERATED ALWAYS AS (n + 1) VIRTUAL;"
                        + " CREATE TABLE a.alone (x int NOT NULL NO INHERIT)");
            }
            assertThat(isMadeAgain(database, major).unwritten()).isEmpty();
        }
    }

    private static SchemaDdl isMadeAgain(TestDatabase database, int major) {
        SchemaSnapshot before = EverySchema.read(database);
        SchemaDdl ddl = PostgresSchema.ddl(before);
        Set<FactId> unwritten = ddl.unwritten().stream()
                .map(SchemaDdl.Unwritten::id)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        try (TestDatabase again = ServerVersions.newDatabase(major)) {
            load(ddl, again);
            SchemaSnapshot after = EverySchema.read(again);
            assertThat(before.differencesTo(after, new PostgresSchema(again.dataSource()).reload()))
                    .filteredOn(difference -> !unwritten.contains(difference.id()))
                    .isEmpty();
            if (unwritten.isEmpty()) {
                assertThat(CatalogObserver.differences(database, again)).isEmpty();
            }
            // What was written once is written in the same way again.
            assertThat(PostgresSchema.ddl(after).statements()).hasSameSizeAs(ddl.statements());
        }
        return ddl;
    }

    /** One by one: the JDBC driver cuts no body of a function in the standard's own form. */
    static void load(SchemaDdl ddl, TestDatabase database) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : ddl.statements()) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new AssertionError(e.getMessage() + " in\n" + sql + "\nof\n" + ddl, e);
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatNeedsWhatIsLeftOutIsNamed() {
        try (TestDatabase database = TestServer.newDatabase()) {
            database.run(
                    "CREATE TABLE kept (id int PRIMARY KEY); CREATE TABLE gone (id int PRIMARY KEY, kept_id int REFERENCES kept);"
                            + " CREATE VIEW v AS SELECT id FROM gone; CREATE VIEW w AS SELECT id FROM v; COMMENT ON VIEW w IS 'w'");
            SchemaSnapshot snapshot = new PostgresSchema(database.dataSource())
                    .snapshot(new SchemaFilter(List.of(), List.of("gone")), false);

            SchemaDdl ddl = PostgresSchema.ddl(snapshot);

            assertThat(ddl.unwritten())
                    .extracting(SchemaDdl.Unwritten::toString)
                    .containsExactly(
                            "view public.v: it needs column public.gone.id, which is left out",
                            "view public.w: it needs column public.v.id, which is left out");
            assertThat(ddl.toString())
                    .contains("\n-- not written: view public.v: it needs")
                    .contains("CREATE TABLE public.kept (\n  id integer NOT NULL\n);")
                    .doesNotContain("CREATE VIEW");
        }
    }

    @Test
    void aCircleIsNamed() {
        FactId one = new FactId(FactKind.VIEW, List.of("public", "one"));
        FactId two = new FactId(FactKind.VIEW, List.of("public", "two"));
        SchemaSnapshot snapshot = new SchemaSnapshot(
                18,
                List.of(
                        new SchemaFact(one, null, 0, Map.of("definition", "SELECT 1")),
                        new SchemaFact(two, null, 0, Map.of("definition", "SELECT 2"))),
                Set.of(new SchemaEdge(one, two), new SchemaEdge(two, one)),
                Map.of(),
                List.of(),
                List.of());

        assertThatThrownBy(() -> PostgresSchema.ddl(snapshot))
                .hasMessage("These objects need each other in a circle, so that none can be made first:"
                        + " view public.one -> view public.two -> view public.one");
    }
}
