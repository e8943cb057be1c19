package io.mhras.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTextTest {

    @Test
    void theSchemaIsPrintedObjectByObject() {
        try (TestDatabase database = EverySchema.onServer(18)) {
            SchemaSnapshot snapshot = new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, false);

            assertThat(new SchemaText(snapshot).toString()).isEqualTo(EverySchema.resource("everything.txt"));
        }
    }

    @Test
    void theOrderInWhichObjectsAreMadeDoesNotShow() {
        try (TestDatabase one = TestServer.newDatabase();
                TestDatabase other = TestServer.newDatabase()) {
            one.run(
                    "CREATE TABLE b (id int PRIMARY KEY, x text, y text); CREATE INDEX b_x ON b (x); CREATE INDEX b_y ON b (y);"
                            + " CREATE TABLE a (id int)");
            other.run(
                    "CREATE TABLE a (gone int, id int); ALTER TABLE a DROP COLUMN gone; CREATE TABLE b (id int, x text, y text);"
                            + " CREATE INDEX b_y ON b (y); CREATE INDEX b_x ON b (x); ALTER TABLE b ADD PRIMARY KEY (id)");

            SchemaSnapshot first = EverySchema.read(one);
            assertThat(EverySchema.read(other)).isEqualTo(first);
            assertThat(new SchemaText(EverySchema.read(other)).toString()).isEqualTo(new SchemaText(first).toString());
        }
    }

    @Test
    void theSessionsSettingsDoNotShow() {
        try (TestDatabase database = EverySchema.onServer(18)) {
            SchemaSnapshot before = EverySchema.read(database);
            for (String setting : new String[] {
                "TimeZone = 'America/New_York'",
                "DateStyle = 'German'",
                "search_path = clinic, public",
                "IntervalStyle = 'iso_8601'",
                "quote_all_identifiers = on"
            }) {
                database.run("ALTER DATABASE " + database.name() + " SET " + setting);
            }
            assertThat(EverySchema.read(database)).isEqualTo(before);
        }
    }

    @Test
    void whatIsLeftOutIsLeftOutWithWhatStandsInIt() {
        try (TestDatabase database = TestServer.newDatabase()) {
            database.run(
                    "CREATE SCHEMA audit; CREATE TABLE audit.log (id serial PRIMARY KEY); CREATE TABLE kept (id int);"
                            + " CREATE TABLE history (id bigserial, x text); CREATE INDEX history_x ON history (x);"
                            + " COMMENT ON TABLE history IS 'h'");
            SchemaFilter filter = new SchemaFilter(List.of(), List.of("schema:audit", "history"));

            SchemaSnapshot snapshot = new PostgresSchema(database.dataSource()).snapshot(filter, false);

            assertThat(snapshot.facts())
                    .extracting(fact -> fact.id().toString())
                    .containsExactly(
                            "schema public", "table public.kept", "column public.kept.id", "comment of public");
        }
    }

    @Test
    void membersOfExtensionsAreTheExtensions() {
        try (TestDatabase database = TestServer.newDatabase()) {
            database.run("CREATE SCHEMA ext; CREATE EXTENSION hstore SCHEMA ext; CREATE TABLE t (h ext.hstore)");
            SchemaSnapshot snapshot = new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, false);

            assertThat(snapshot.facts())
                    .extracting(fact -> fact.id().toString())
                    .containsExactly(
                            "extension hstore",
                            "schema ext",
                            "schema public",
                            "table public.t",
                            "column public.t.h",
                            "comment of hstore",
                            "comment of public");
            assertThat(snapshot.edges())
                    .contains(new SchemaEdge(
                            new FactId(FactKind.COLUMN, List.of("public", "t", "h")),
                            new FactId(FactKind.EXTENSION, List.of("hstore"))));
            assertThat(snapshot.unread()).isEmpty();
        }
    }
}
