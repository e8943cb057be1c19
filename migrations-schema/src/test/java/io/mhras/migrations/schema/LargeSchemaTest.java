package io.mhras.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A schema of {@code -Dschema.tables=1000} tables, 100 unless that is said: 9 columns, 3 indexes, a check, a foreign key
 * and a trigger each, and a view and a function for every fifth. It prints what reading it took.
 */
class LargeSchemaTest {

    private static final int TABLES = Integer.getInteger("schema.tables", 100);

    private static final String MAKE_TABLES = """
            DO $do$
            BEGIN
              FOR i IN %d..%d LOOP
                EXECUTE format('CREATE TABLE t%%s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(100) NOT NULL,
                  status varchar(20) NOT NULL DEFAULT ''new'' CHECK (status IN (''new'', ''done'')), amount numeric(12, 2), born date,
                  notes text, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz, parent_id bigint)', i);
                EXECUTE format('CREATE INDEX t%%s_name ON t%%s (lower(name))', i, i);
                EXECUTE format('CREATE INDEX t%%s_parent ON t%%s (parent_id) WHERE parent_id IS NOT NULL', i, i);
                EXECUTE format('CREATE TRIGGER t%%s_touch BEFORE UPDATE ON t%%s FOR EACH ROW EXECUTE FUNCTION touch()', i, i);
                IF i > 1 THEN
                  EXECUTE format('ALTER TABLE t%%s ADD FOREIGN KEY (parent_id) REFERENCES t%%s', i, i - 1);
                END IF;
                IF i %% 5 = 0 THEN
                  EXECUTE format('CREATE VIEW v%%s AS SELECT a.id, a.name, b.status FROM t%%s a JOIN t%%s b ON b.id = a.parent_id', i, i, i - 1);
                  EXECUTE format('CREATE FUNCTION f%%s(x int) RETURNS int LANGUAGE plpgsql AS ''BEGIN RETURN x + %%s; END''', i, i);
                END IF;
              END LOOP;
            END $do$""";

    /** A transaction can lock so many. */
    private static final int TABLES_AT_ONCE = 100;

    @Test
    void isReadTheSameEachTimeAndMadeAgain() {
        try (TestDatabase database = TestServer.newDatabase();
                HikariDataSource pool = database.pool(1)) {
            database.run("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
            for (int first = 1; first <= TABLES; first += TABLES_AT_ONCE) {
                database.run(MAKE_TABLES.formatted(first, Math.min(TABLES, first + TABLES_AT_ONCE - 1)));
            }
            PostgresSchema schema = new PostgresSchema(pool);
            SchemaSnapshot first = measured("in a new session", pool, schema);
            SchemaSnapshot second = measured("once more", pool, schema);

            assertThat(second).isEqualTo(first);
            assertThat(count(first, FactKind.TABLE)).isEqualTo(TABLES);
            assertThat(count(first, FactKind.COLUMN)).isEqualTo(9L * TABLES + 3L * (TABLES / 5));
            assertThat(count(first, FactKind.INDEX)).isEqualTo(2L * TABLES);
            assertThat(count(first, FactKind.VIEW)).isEqualTo(TABLES / 5);
            assertThat(new SchemaText(second).toString()).isEqualTo(new SchemaText(first).toString());
            SchemaDdl ddl = PostgresSchema.ddl(first);
            assertThat(ddl.unwritten()).isEmpty();
            try (TestDatabase again = TestServer.newDatabase()) {
                SchemaDdlTest.load(ddl, again);
                assertThat(first.differencesTo(
                                new PostgresSchema(again.dataSource()).snapshot(SchemaFilter.ALL, false),
                                new PostgresSchema(again.dataSource()).reload()))
                        .isEmpty();
            }
        }
    }

    private static long count(SchemaSnapshot snapshot, FactKind kind) {
        return snapshot.facts().stream()
                .filter(fact -> fact.id().kind() == kind)
                .count();
    }

    private static SchemaSnapshot measured(String when, HikariDataSource pool, PostgresSchema schema) {
        long backend = new JdbcTemplate(pool)
                .queryForList("SELECT pg_backend_pid()::bigint", Long.class)
                .get(0);
        long before = processorMillis(backend);
        long started = System.nanoTime();
        SchemaSnapshot snapshot = schema.snapshot(SchemaFilter.ALL, false);
        System.out.printf(
                "%,d tables, %s: %,d ms, of the server's processor %,d ms, %,d facts%n",
                TABLES,
                when,
                (System.nanoTime() - started) / 1_000_000,
                processorMillis(backend) - before,
                snapshot.facts().size());
        return snapshot;
    }

    /** 0 where the server is elsewhere, or no Linux. */
    private static long processorMillis(long backend) {
        Path statistics = Path.of("/proc/" + backend + "/stat");
        try {
            List<String> fields = Files.exists(statistics)
                    ? List.of(Files.readString(statistics)
                            .replaceFirst(".*\\) ", "")
                            .split(" "))
                    : List.of();
            return fields.isEmpty() ? 0 : 10 * (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12)));
        } catch (IOException e) {
            return 0;
        }
    }
}
