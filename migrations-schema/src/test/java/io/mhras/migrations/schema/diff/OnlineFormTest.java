package io.mhras.migrations.schema.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes tables that are there already keeps nobody out for long. */
class OnlineFormTest {

    private static final DiffOptions ONLINE =
            DiffOptions.DEFAULT.withoutQuestions().with(DiffOptions.Drops.ALL);

    private static SchemaPlan proved(int major, String one, String other) {
        try (DiffPair pair = new DiffPair(major, one, other)) {
            return pair.isProved(ONLINE);
        }
    }

    private static String sql(int major, String one, String other) {
        return DiffPair.text(proved(major, one, other));
    }

    @Test
    void indexesAreBuiltAndDroppedConcurrently() {
        SchemaPlan plan = proved(
                18,
                "CREATE TABLE t (a int, b int); CREATE INDEX gone ON t (b)",
                "CREATE TABLE t (a int, b int, c int); CREATE INDEX t_c ON t (c); CREATE TABLE n (a int);"
                        + " CREATE INDEX n_a ON n (a)");
        assertThat(DiffPair.text(plan)).isEqualToIgnoringWhitespace("""
                CREATE TABLE public.n ( a integer );
                ALTER TABLE public.t ADD COLUMN c integer;
                CREATE INDEX n_a ON public.n USING btree (a);
                ALTER TABLE public.n OWNER TO postgres;
                --
                DROP INDEX CONCURRENTLY public.gone;
                CREATE INDEX CONCURRENTLY t_c ON public.t USING btree (c);
                """);
        assertThat(plan.parts().get(1).isTransactional()).isFalse();
    }

    @Test
    void anIndexIsReplacedWithoutAGap() {
        assertThat(sql(
                        18,
                        "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a)",
                        "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a, b); COMMENT ON INDEX i IS 'both'"))
                .isEqualToIgnoringWhitespace("""
                        ALTER INDEX public.i RENAME TO i_old;
                        CREATE INDEX CONCURRENTLY i ON public.t USING btree (a, b);
                        DROP INDEX CONCURRENTLY public.i_old;
                        --
                        COMMENT ON INDEX public.i IS 'both';
                        """);
    }

    @Test
    void theNewColumnOfAnIndexIsThereFirst() {
        assertThat(sql(
                        18,
                        "CREATE TABLE t (name text); CREATE INDEX i ON t (name)",
                        "CREATE TABLE t (name text, birth_date date); CREATE INDEX i ON t (name, birth_date)"))
                .isEqualToIgnoringWhitespace("""
                        ALTER TABLE public.t ADD COLUMN birth_date date;
                        --
                        ALTER INDEX public.i RENAME TO i_old;
                        CREATE INDEX CONCURRENTLY i ON public.t USING btree (name, birth_date);
                        DROP INDEX CONCURRENTLY public.i_old;
                        """);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void notNullIsValidatedApart(int major) {
        SchemaPlan plan =
                proved(major, "CREATE TABLE t (a int, b int)", "CREATE TABLE t (a int NOT NULL, b int NOT NULL)");
        assertThat(plan.parts()).hasSize(2);
        assertThat(plan.parts().get(0).statements()).hasSize(2);
        assertThat(DiffPair.text(plan))
                .contains("VALIDATE CONSTRAINT t_a_not_null")
                .doesNotContain(major == 18 ? "CHECK" : "NOT NULL a");
    }

    @Test
    void constraintsAreValidatedInTheNextPart() {
        SchemaPlan plan = proved(
                15,
                "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, b int)",
                "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES p, b int CHECK (b > 0))");
        assertThat(DiffPair.text(plan)).isEqualToIgnoringWhitespace("""
                ALTER TABLE public.t ADD CONSTRAINT t_b_check CHECK ((b > 0)) NOT VALID;
                ALTER TABLE public.t ADD CONSTRAINT t_a_fkey FOREIGN KEY (a) REFERENCES public.p(id) NOT VALID;
                --
                ALTER TABLE public.t VALIDATE CONSTRAINT t_b_check;
                ALTER TABLE public.t VALIDATE CONSTRAINT t_a_fkey;
                """);
        assertThat(plan.parts().get(1).statements().get(0).hazards()).hasAtLeastOneElementOfType(Hazard.MayFail.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void aKeyThatOthersReferToIsReplaced(int major) {
        SchemaPlan plan = proved(
                major,
                "CREATE TABLE t (a int PRIMARY KEY, b int); CREATE TABLE r (a int REFERENCES t)",
                "CREATE TABLE t (a int UNIQUE, b int, PRIMARY KEY (a, b)); CREATE TABLE r (a int REFERENCES t (a))");
        assertThat(DiffPair.text(plan))
                .containsSubsequence(
                        "CREATE UNIQUE INDEX CONCURRENTLY",
                        "--",
                        "DROP CONSTRAINT r_a_fkey",
                        "DROP CONSTRAINT t_pkey",
                        "PRIMARY KEY USING INDEX",
                        "NOT VALID",
                        "--",
                        "VALIDATE CONSTRAINT r_a_fkey");
    }

    @Test
    void aUniqueConstraintTakesOverAnIndex() {
        assertThat(
                        sql(
                                18,
                                "CREATE TABLE t (a int, b int)",
                                "CREATE TABLE t (a int, b int, CONSTRAINT t_u UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b) WITH (fillfactor=70) DEFERRABLE)"))
                .isEqualToIgnoringWhitespace("""
                        CREATE UNIQUE INDEX CONCURRENTLY t_u ON public.t (a) INCLUDE (b) NULLS NOT DISTINCT WITH (fillfactor=70);
                        --
                        ALTER TABLE public.t ADD CONSTRAINT t_u UNIQUE USING INDEX t_u DEFERRABLE;
                        """);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void indexesOfPartitionedTablesAreBuiltPartByPart(int major) {
        String tables = "CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);"
                + " CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);"
                + " CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20) PARTITION BY LIST (b);"
                + " CREATE TABLE p2a PARTITION OF p2 FOR VALUES IN (1);";
        assertThat(sql(major, tables, tables + " CREATE INDEX p_b ON p (b)"))
                .contains("ON ONLY public.p ", "CONCURRENTLY p1_p_b ON public.p1", "ATTACH PARTITION");
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void partitionsComeAndGo(int major) {
        String parent = "CREATE TABLE p (a int NOT NULL, b int) PARTITION BY RANGE (a);";
        String sql = sql(
                major,
                parent + " CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);"
                        + " CREATE TABLE p2 (a int NOT NULL, b int)",
                parent + " CREATE TABLE p1 (a int NOT NULL, b int);"
                        + " CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (0) TO (20)");
        assertThat(sql)
                .contains(
                        "DETACH PARTITION public.p1" + (major > 13 ? " CONCURRENTLY" : ""),
                        "ATTACH PARTITION public.p2");
    }

    @Test
    void whatANewLabelIsUsedInComesInTheNextPart() {
        assertThat(sql(
                        15,
                        "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (x e)",
                        "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (x e DEFAULT 'b', y e)"))
                .isEqualToIgnoringWhitespace("""
                        ALTER TYPE public.e ADD VALUE 'b';
                        ALTER TABLE public.t ADD COLUMN y public.e;
                        --
                        ALTER TABLE ONLY public.t ALTER COLUMN x SET DEFAULT 'b'::public.e;
                        """);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void whatNobodyKnowsIsLeftToBeWritten(int major) {
        try (DiffPair pair = new DiffPair(
                major,
                "CREATE TABLE t (a int); INSERT INTO t VALUES (1)",
                "CREATE TABLE t (a int, region text NOT NULL)")) {
            SchemaPlan plan = pair.plan(ONLINE);
            assertThat(plan.parts()).hasSize(2);
            SchemaPlan.Statement validation = plan.parts().get(1).statements().get(0);
            assertThat(validation.hazards())
                    .extracting(Hazard::text)
                    .contains(
                            "to be written: what region is in the rows that are there, as UPDATE public.t SET region = ..."
                                    + " before this statement");
            assertThatThrownBy(() -> DiffPair.run(plan, pair.database()))
                    .hasMessageContaining(major == 18 ? "contains null values" : "is violated by some row");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TABLE t (a int UNIQUE, b int); CREATE TABLE r (a int REFERENCES t (a)) | CREATE TABLE t (a int PRIMARY KEY, b int); CREATE TABLE r (a int REFERENCES t (a))
            CREATE TABLE t (a int PRIMARY KEY, b int) | CREATE TABLE t (a int, b int CONSTRAINT other PRIMARY KEY)
            CREATE TABLE t (a int, b int, UNIQUE (a, b)) | CREATE TABLE t (a bigint, b int, UNIQUE (b, a) DEFERRABLE INITIALLY DEFERRED)
            CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX t_u ON t (a) | CREATE TABLE t (a int CONSTRAINT t_u UNIQUE, b int)
            CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (b) | CREATE TABLE t (a int, b int); CREATE INDEX i ON t (b); CREATE INDEX j ON t (a)
            CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a, b) | CREATE TABLE t (a int); CREATE INDEX i ON t (a)
            CREATE TABLE t (a int); CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'; CREATE INDEX i ON t (f(a)) | CREATE TABLE t (a int); CREATE FUNCTION f(x int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 2'; CREATE INDEX i ON t (f(a))
            CREATE TABLE a (id int PRIMARY KEY, n int); CREATE TABLE b (id int PRIMARY KEY, n int) | CREATE TABLE a (id int PRIMARY KEY, n int); CREATE TABLE b (id int PRIMARY KEY, n int REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (n) REFERENCES b
            CREATE TABLE t (a int CHECK (a > 0), b text) | CREATE TABLE t (a int CHECK (a > 1), b text CHECK (b <> '') NOT NULL)
            CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES t DEFERRABLE) | CREATE TABLE t (id bigint PRIMARY KEY, p bigint REFERENCES t)
            CREATE TABLE t (a int, b int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID | CREATE TABLE t (a int, b int, CONSTRAINT c CHECK (a > 0))
            CREATE TABLE t (a int, EXCLUDE USING btree (a WITH =)) | CREATE TABLE t (a int, EXCLUDE USING btree (a WITH =) WHERE (a > 0))
            CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX t_a ON t (a); ALTER TABLE t REPLICA IDENTITY USING INDEX t_a | CREATE TABLE t (a int NOT NULL, b int); CREATE UNIQUE INDEX t_a ON t (a) INCLUDE (b); ALTER TABLE t REPLICA IDENTITY USING INDEX t_a
            CREATE TABLE t (a int NOT NULL, b int NOT NULL); CREATE UNIQUE INDEX t_a ON t (a); CREATE UNIQUE INDEX t_b ON t (b); ALTER TABLE t REPLICA IDENTITY USING INDEX t_a; ALTER TABLE t CLUSTER ON t_a | CREATE TABLE t (a int NOT NULL, b int NOT NULL); CREATE UNIQUE INDEX t_b ON t (b); ALTER TABLE t REPLICA IDENTITY USING INDEX t_b
            CREATE TABLE t (a int, b int); CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE UNIQUE INDEX m_a ON m (a) | CREATE TABLE t (a bigint, b int); CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE INDEX m_a ON m (a)
            CREATE TABLE t (a int PRIMARY KEY, b text); CREATE VIEW v AS SELECT a, b FROM t GROUP BY a | CREATE TABLE t (a int, b text, CONSTRAINT n PRIMARY KEY (a)); CREATE VIEW v AS SELECT a, b FROM t GROUP BY a
            CREATE TABLE p (a int, b int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10) | CREATE TABLE p (a int NOT NULL, b int CHECK (b > 0), PRIMARY KEY (a)) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (20); CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (20) TO (30)
            CREATE TABLE p (a int, b int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10); CREATE TABLE d PARTITION OF p DEFAULT; CREATE INDEX i ON p (b) | CREATE TABLE p (a int, b int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10); CREATE INDEX i ON p (b DESC)
            CREATE TABLE a (x int); CREATE TABLE b () INHERITS (a) | CREATE TABLE a (x int NOT NULL, y int CHECK (y > 0)); CREATE TABLE b () INHERITS (a); CREATE INDEX i ON b (x)
            CREATE TABLE "T x" ("A" int, "b c" int) | CREATE TABLE "T x" ("A" int NOT NULL, "b c" int, CONSTRAINT "U k" UNIQUE ("A", "b c"), CONSTRAINT "C k" CHECK ("b c" > 0)); CREATE INDEX "I i" ON "T x" ("b c")
            """)
    void theOnlineWayLeadsThereAndBack(String one, String other) {
        proved(13, one, other);
        proved(18, one, other);
    }
}
