package io.mhras.migrations.schema.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.Rename;
import io.mhras.migrations.schema.RenameQuestion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RenamesTest {

    private static final DiffOptions PLAIN = DiffOptions.DEFAULT.offline();

    private static FactId id(FactKind kind, String... path) {
        return new FactId(kind, List.of(path));
    }

    private static Rename rename(FactKind kind, String before, String after) {
        return new Rename(id(kind, before.split("\\.")), id(kind, after.split("\\.")));
    }

    private static String renamed(String one, String other, Rename... renames) {
        try (DiffPair pair = new DiffPair(18, one, other)) {
            return DiffPair.text(pair.isProved(PLAIN.renaming(List.of(renames))));
        }
    }

    @Test
    void whatMayBeARenameIsAskedAndNotGuessed() {
        try (DiffPair pair = new DiffPair(
                18,
                "CREATE TABLE t (id int PRIMARY KEY, surname text, age int)",
                "CREATE TABLE t (id int PRIMARY KEY, family_name text, birth_name text)")) {
            assertThat(pair.plan(PLAIN).questions())
                    .containsExactly(new RenameQuestion(
                            id(FactKind.COLUMN, "public", "t", "surname"),
                            List.of(
                                    id(FactKind.COLUMN, "public", "t", "birth_name"),
                                    id(FactKind.COLUMN, "public", "t", "family_name"))));
            assertThat(pair.plan(PLAIN).parts()).isEmpty();
            assertThat(pair.plan(PLAIN.notRenaming(Set.of("t.surname"))).questions())
                    .isEmpty();
            assertThat(pair.plan(PLAIN.with(new DiffOptions.Drops(false, Set.of("t.surname"))))
                            .questions())
                    .isEmpty();
        }
    }

    @Test
    void aTableTakesAlongWhatStandsInIt() {
        String rest = " (id serial PRIMARY KEY, n int CHECK (n > 0), s text DEFAULT 'x'); ";
        assertThat(renamed(
                        "CREATE TABLE one" + rest + "CREATE INDEX one_n_idx ON one (n); COMMENT ON TABLE one IS 'c';"
                                + " CREATE VIEW v AS SELECT one.n FROM one WHERE one.n > 1",
                        "CREATE TABLE two" + rest + "CREATE INDEX two_n_idx ON two (n); COMMENT ON TABLE two IS 'c';"
                                + " CREATE VIEW v AS SELECT two.n FROM two WHERE two.n > 1",
                        rename(FactKind.TABLE, "public.one", "public.two")))
                .startsWith("ALTER TABLE public.one RENAME TO two;\n")
                .doesNotContain("DROP");
    }

    @Test
    void columnsSwapTheirNames() {
        assertThat(renamed(
                        "CREATE TABLE t (a int, b text); CREATE INDEX i ON t (a)",
                        "CREATE TABLE t (b int, a text); CREATE INDEX i ON t (b)",
                        rename(FactKind.COLUMN, "public.t.a", "public.t.b"),
                        rename(FactKind.COLUMN, "public.t.b", "public.t.a")))
                .contains("RENAME COLUMN")
                .doesNotContain("DROP", "TYPE", "INDEX");
    }

    @Test
    void aColumnIsRenamedInATableThatIsRenamed() {
        assertThat(renamed(
                        "CREATE TABLE one (a int)",
                        "CREATE TABLE two (b int)",
                        rename(FactKind.TABLE, "public.one", "public.two"),
                        // As it is asked, once the table is known to be renamed.
                        rename(FactKind.COLUMN, "public.two.a", "public.two.b")))
                .isEqualTo("ALTER TABLE public.one RENAME TO two;\nALTER TABLE public.two RENAME COLUMN a TO b;\n");
        assertThat(renamed(
                        "CREATE TABLE one (id int PRIMARY KEY, x int REFERENCES one)",
                        "CREATE TABLE two (id int PRIMARY KEY, y int REFERENCES two)",
                        rename(FactKind.TABLE, "public.one", "public.two"),
                        new Rename(
                                id(FactKind.COLUMN, "public", "one", "x"), id(FactKind.COLUMN, "public", "two", "y"))))
                .contains("ALTER TABLE public.two RENAME COLUMN x TO y")
                .doesNotContain("DROP");
    }

    @Test
    void aLabelIsRenamed() {
        assertThat(renamed(
                        "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (x e DEFAULT 'a')",
                        "CREATE TYPE e AS ENUM ('z', 'b'); CREATE TABLE t (x e DEFAULT 'z')",
                        rename(FactKind.ENUM, "public.e.a", "public.e.z")))
                .isEqualTo("ALTER TYPE public.e RENAME VALUE 'a' TO 'z';\n");
    }

    @Test
    void aTableMovesToAnotherSchema() {
        assertThat(renamed(
                        "CREATE SCHEMA s; CREATE TABLE t (id serial PRIMARY KEY)",
                        "CREATE SCHEMA s; CREATE TABLE s.t (id serial PRIMARY KEY)",
                        rename(FactKind.TABLE, "public.t", "s.t")))
                .isEqualTo("ALTER TABLE public.t SET SCHEMA s;\n");
    }

    @Test
    void otherObjectsAreRenamed() {
        assertThat(renamed(
                        "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE e AS ENUM ('a');"
                                + " CREATE TABLE t (a int CONSTRAINT one UNIQUE); CREATE INDEX x ON t (a); CREATE SEQUENCE s",
                        "CREATE FUNCTION g(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE e2 AS ENUM ('a');"
                                + " CREATE TABLE t (a int CONSTRAINT two UNIQUE); CREATE INDEX y ON t (a); CREATE SEQUENCE s2",
                        new Rename(
                                id(FactKind.FUNCTION, "public", "f", "integer"),
                                id(FactKind.FUNCTION, "public", "g", "integer")),
                        rename(FactKind.ENUM, "public.e", "public.e2"),
                        rename(FactKind.CONSTRAINT, "public.t.one", "public.t.two"),
                        rename(FactKind.INDEX, "public.x", "public.y"),
                        rename(FactKind.SEQUENCE, "public.s", "public.s2")))
                .contains(
                        "ALTER FUNCTION public.f(integer) RENAME TO g",
                        "ALTER TYPE public.e RENAME TO e2",
                        "RENAME CONSTRAINT one TO two",
                        "ALTER INDEX public.x RENAME TO y",
                        "ALTER SEQUENCE public.s RENAME TO s2")
                .doesNotContain("DROP", "CREATE");
    }

    @Test
    void whatIsNotThereCannotBeRenamed() {
        assertThatThrownBy(() -> renamed(
                        "CREATE TABLE t (a int)",
                        "CREATE TABLE t (b int)",
                        rename(FactKind.COLUMN, "public.t.c", "public.t.b")))
                .hasMessage("There is no column public.t.c in the schema before, which could be renamed.");
        assertThatThrownBy(() -> renamed(
                        "CREATE TABLE t (a int)",
                        "CREATE TABLE t (b int)",
                        rename(FactKind.COLUMN, "public.t.a", "public.t.c")))
                .hasMessage("There is no column public.t.c in the wanted schema, so that column public.t.a cannot have"
                        + " become it.");
    }

    @Test
    void namesThatTheServerChoseAreNoDifference() {
        assertThat(renamed(
                        "CREATE TABLE t (a int CHECK (a > 0), b int, c int REFERENCES t2 (id))"
                                        .replace(
                                                "CREATE TABLE t ",
                                                "CREATE TABLE t2 (id int PRIMARY KEY); CREATE TABLE t ")
                                + "; ALTER TABLE t ADD CHECK (a < 9); CREATE INDEX ON t (b);"
                                + " ALTER TABLE t RENAME COLUMN b TO d",
                        "CREATE TABLE t2 (id int PRIMARY KEY); CREATE TABLE t (a int CHECK (a < 9), d int, c int,"
                                + " CONSTRAINT fkoro2s70plro4gcvos56135pql FOREIGN KEY (c) REFERENCES t2);"
                                + " ALTER TABLE t ADD CHECK (a > 0); CREATE INDEX ON t (d)"))
                .isEmpty();
    }
}
