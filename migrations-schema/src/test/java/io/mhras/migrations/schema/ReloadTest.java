package io.mhras.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.ServerVersions;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that say the same in other words, as those of a schema that was dumped and restored. */
class ReloadTest {

    private static final String TABLE =
            "CREATE SCHEMA s; CREATE TABLE s.p (id int PRIMARY KEY, kind varchar(9), mark char(1), n int);"
                    + " CREATE FUNCTION s.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';";

    private static final String CHECK = "ALTER TABLE s.p ADD CONSTRAINT p_kind CHECK (kind IN ('a', 'b'))";

    /** Each of these comes to another text when its own is loaded. */
    private static final List<String> UNSTABLE = List.of(
            CHECK,
            "ALTER TABLE s.p ADD CONSTRAINT p_not CHECK (kind NOT IN ('x', 'y') OR n > 1) NOT VALID",
            "CREATE INDEX p_kinds ON s.p (id) WHERE kind IN ('a', 'b')",
            "ALTER TABLE s.p ALTER COLUMN n SET DEFAULT CASE WHEN 'a'::varchar IN ('a'::varchar, 'b'::varchar) THEN 1 END",
            "ALTER TABLE s.p ADD COLUMN is_ab boolean GENERATED ALWAYS AS (kind IN ('a', 'b')) STORED",
            "CREATE POLICY p_mine ON s.p USING (kind IN ('a', 'b')) WITH CHECK (kind IN ('a', 'c'))",
            "CREATE TRIGGER p_touch BEFORE INSERT ON s.p FOR EACH ROW WHEN (NEW.kind IN ('a', 'b')) EXECUTE FUNCTION s.f()",
            "CREATE RULE p_kept AS ON DELETE TO s.p WHERE OLD.kind IN ('a', 'b') DO INSTEAD NOTHING",
            "CREATE VIEW s.ab AS SELECT id FROM s.p WHERE kind IN ('a', 'b')",
            "CREATE MATERIALIZED VIEW s.abs AS SELECT id FROM s.p WHERE kind IN ('a', 'b')",
            "CREATE DOMAIN s.ab_only AS varchar(9) CONSTRAINT ab_kind CHECK (VALUE IN ('a', 'b'))",
            "CREATE TABLE s.parts (kind varchar(9), id int) PARTITION BY LIST ((kind IN ('a', 'b')))");

    private static final List<String> UNSTABLE_FROM_14 = List.of(
            "CREATE FUNCTION s.count_ab() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM s.p WHERE kind IN ('a', 'b'); END",
            "CREATE STATISTICS s.p_stats ON (kind IN ('a', 'b')), id FROM s.p");

    /** Loads what the catalog says into the same objects once more. */
    private static final String RESTORE = """
            SET search_path = pg_catalog;
            DO $do$
            DECLARE each record;
            BEGIN
              FOR each IN SELECT conname, conrelid::regclass AS t, pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE conrelid = 's.p'::regclass AND contype = 'c' LOOP
                EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I %s', each.t, each.conname, each.conname, each.def);
              END LOOP;
              FOR each IN SELECT pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE conname = 'ab_kind' LOOP
                EXECUTE 'ALTER DOMAIN s.ab_only DROP CONSTRAINT ab_kind; ALTER DOMAIN s.ab_only ADD CONSTRAINT ab_kind ' || each.def;
              END LOOP;
              FOR each IN SELECT pg_get_indexdef('s.p_kinds'::regclass) AS def LOOP
                EXECUTE 'DROP INDEX s.p_kinds; ' || each.def;
              END LOOP;
              FOR each IN SELECT a.attname, a.attgenerated, pg_get_expr(d.adbin, d.adrelid) AS def FROM pg_attrdef d
                  JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = 's.p'::regclass LOOP
                EXECUTE CASE WHEN each.attgenerated = '' THEN format('ALTER TABLE s.p ALTER COLUMN %I SET DEFAULT %s', each.attname, each.def)
                  ELSE format('ALTER TABLE s.p DROP COLUMN %I, ADD COLUMN %I boolean GENERATED ALWAYS AS (%s) STORED', each.attname, each.attname, each.def) END;
              END LOOP;
              FOR each IN SELECT pg_get_expr(polqual, polrelid) AS q, pg_get_expr(polwithcheck, polrelid) AS c FROM pg_policy LOOP
                EXECUTE format('DROP POLICY p_mine ON s.p; CREATE POLICY p_mine ON s.p USING (%s) WITH CHECK (%s)', each.q, each.c);
              END LOOP;
              FOR each IN SELECT pg_get_triggerdef(oid) AS def FROM pg_trigger WHERE tgname = 'p_touch' LOOP
                EXECUTE 'DROP TRIGGER p_touch ON s.p; ' || each.def;
              END LOOP;
              FOR each IN SELECT pg_get_ruledef(oid) AS def FROM pg_rewrite WHERE rulename = 'p_kept' LOOP
                EXECUTE 'DROP RULE p_kept ON s.p; ' || each.def;
              END LOOP;
              FOR each IN SELECT pg_get_viewdef('s.ab'::regclass) AS def LOOP
                EXECUTE 'CREATE OR REPLACE VIEW s.ab AS ' || each.def;
              END LOOP;
              FOR each IN SELECT pg_get_viewdef('s.abs'::regclass) AS def LOOP
                EXECUTE 'DROP MATERIALIZED VIEW s.abs; CREATE MATERIALIZED VIEW s.abs AS ' || each.def;
              END LOOP;
              FOR each IN SELECT pg_get_partkeydef('s.parts'::regclass) AS def LOOP
                EXECUTE 'DROP TABLE s.parts; CREATE TABLE s.parts (kind varchar(9), id int) PARTITION BY ' || each.def;
              END LOOP;
              FOR each IN SELECT pg_get_functiondef(oid) AS def FROM pg_proc WHERE proname = 'count_ab' LOOP
                EXECUTE each.def;
              END LOOP;
              FOR each IN SELECT pg_get_statisticsobjdef(oid) AS def FROM pg_statistic_ext LOOP
                EXECUTE 'DROP STATISTICS s.p_stats; ' || each.def;
              END LOOP;
            END $do$""";

    private static TestDatabase made(int major) {
        TestDatabase database = ServerVersions.newDatabase(major);
        database.run(TABLE + String.join("; ", UNSTABLE));
        if (major >= 14) {
            UNSTABLE_FROM_14.forEach(database::run);
        }
        return database;
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void whatWasDumpedAndRestoredSaysTheSame(int major) {
        try (TestDatabase one = made(major);
                TestDatabase other = made(major)) {
            other.run(RESTORE);
            SchemaSnapshot before = EverySchema.read(one);
            SchemaSnapshot after = EverySchema.read(other);
            Set<String> kinds = new TreeSet<>();
            before.differencesTo(after)
                    .forEach(each -> kinds.add(each.id().kind().toString()));
            assertThat(kinds)
                    .contains(
                            "column",
                            "constraint",
                            "default",
                            "index",
                            "materialized view",
                            "policy",
                            "rule",
                            "table",
                            "trigger",
                            "view");
            if (major >= 15) {
                assertThat(kinds).contains("function", "statistics");
            }

            assertThat(before.differencesTo(after, new PostgresSchema(other.dataSource()).reload()))
                    .isEmpty();
            assertThat(EverySchema.read(other)).isEqualTo(after);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void theScratchNeedsNoObjectsForTextsOfATable(int major) {
        try (TestDatabase one = ServerVersions.newDatabase(major);
                TestDatabase other = ServerVersions.newDatabase(major);
                TestDatabase scratch = ServerVersions.newDatabase(major)) {
            String index = "; CREATE INDEX p_kinds ON s.p (id) WHERE kind ";
            one.run(TABLE + CHECK + index + "IN ('a', 'b')");
            other.run(TABLE
                    + "ALTER TABLE s.p ADD CONSTRAINT p_kind CHECK (kind::text = ANY (ARRAY['a'::varchar::text, 'b'::varchar::text]))"
                    + index + " = ANY (ARRAY['a'::varchar, 'b'::varchar]::text[])");
            SchemaSnapshot before = EverySchema.read(one);
            SchemaSnapshot after = EverySchema.read(other);
            assertThat(before.differencesTo(after)).hasSizeGreaterThanOrEqualTo(1);

            assertThat(before.differencesTo(after, new PostgresSchema(scratch.dataSource()).reload()))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void whatSaysAnotherThingStillDiffers(int major) {
        try (TestDatabase one = made(major);
                TestDatabase other = made(major)) {
            other.run(RESTORE);
            other.run("ALTER TABLE s.p DROP CONSTRAINT p_kind, ADD CONSTRAINT p_kind CHECK (kind IN ('a', 'b', 'c'));"
                    + " CREATE OR REPLACE VIEW s.ab AS SELECT id FROM s.p WHERE kind IN ('a', 'x')");
            SchemaSnapshot before = EverySchema.read(one);
            SchemaSnapshot after = EverySchema.read(other);

            List<SchemaDifference> differences =
                    before.differencesTo(after, new PostgresSchema(other.dataSource()).reload());

            assertThat(differences)
                    .extracting(each -> each.id().toString())
                    .containsExactlyInAnyOrder("view s.ab", "constraint s.p.p_kind");
            // Shown as the catalog has them.
            assertThat(differences)
                    .allSatisfy(each -> assertThat(after.facts()).contains(((SchemaDifference.Changed) each).after()));
        }
    }
}
