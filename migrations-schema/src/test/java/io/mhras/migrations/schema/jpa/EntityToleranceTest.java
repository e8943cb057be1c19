package io.mhras.migrations.schema.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.PostgresSchema;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaDifference.Added;
import io.mhras.migrations.schema.SchemaDifference.Changed;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaFilter;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.report.EntityRemark;
import io.mhras.migrations.schema.report.EntityRemark.Weight;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is in the database, and beside it what Hibernate 7.4 writes for the entities. */
class EntityToleranceTest {

    private static final TestDatabase THERE = TestServer.newDatabase();
    private static final TestDatabase ENTITIES = TestServer.newDatabase();

    @AfterAll
    static void drop() {
        THERE.close();
        ENTITIES.close();
    }

    private EntityTolerance compared(String there, String entities, String... drops) {
        return EntityTolerance.of(snapshot(THERE, there), snapshot(ENTITIES, entities), Set.of(drops));
    }

    private static SchemaSnapshot snapshot(TestDatabase database, String sql) {
        database.run("DROP SCHEMA IF EXISTS clinic CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public; " + sql);
        return new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, false);
    }

    /** What has to change, one line each. */
    private List<String> changes(EntityTolerance compared) {
        SchemaSnapshot there = new PostgresSchema(THERE.dataSource()).snapshot(SchemaFilter.ALL, false);
        return there.differencesTo(compared.wanted()).stream()
                .map(difference -> line(difference))
                .toList();
    }

    private static String line(SchemaDifference difference) {
        if (difference instanceof Changed changed) {
            return "~ " + changed.id() + " "
                    + changed.attributes().stream()
                            .map(name -> name + " " + changed.after().attribute(name))
                            .collect(Collectors.joining(", "));
        }
        if (difference instanceof Added added) {
            SchemaFact fact = added.fact();
            String definition = fact.attribute("definition");
            return "+ " + fact.id() + (definition == null ? "" : " " + definition);
        }
        return "- " + difference.id();
    }

    private List<String> changes(String there, String entities) {
        return changes(compared(there, entities));
    }

    /** A table with one column of each type. */
    private List<String> columns(String there, String entity) {
        return changes(
                "CREATE TABLE t (id bigint PRIMARY KEY, c " + there + ")",
                "create table t (id bigint not null, c " + entity + ", primary key (id));");
    }

    private static void assertTolerated(List<String> changes) {
        assertThat(changes).isEmpty();
    }

    private static List<String> texts(EntityTolerance compared, Weight weight) {
        return compared.remarks().stream()
                .filter(remark -> remark.weight() == weight)
                .map(EntityRemark::toString)
                .toList();
    }

    // Types

    @Test
    void textAndShorterVarcharWillDoForALengthThatNobodyChose() {
        assertTolerated(columns("text", "varchar(255)"));
        assertTolerated(columns("varchar(50)", "varchar(255)"));
        assertTolerated(columns("varchar", "varchar(255)"));
        assertTolerated(columns("text[]", "varchar(255) array"));
    }

    @Test
    void aLengthThatSomebodyChoseHasToBeThere() {
        assertThat(columns("varchar(10)", "varchar(50)"))
                .containsExactly("~ column public.t.c type character varying(50)");
        assertThat(columns("text", "varchar(50)")).containsExactly("~ column public.t.c type character varying(50)");
    }

    @Test
    void momentsMayBeMoreOrLessPreciseButHaveToHaveTheZoneOrNot() {
        assertTolerated(columns("timestamptz", "timestamp(6) with time zone"));
        assertTolerated(columns("timestamptz(3)", "timestamp(6) with time zone"));
        assertTolerated(columns("timestamp", "timestamp(6)"));
        assertThat(columns("timestamp", "timestamp(6) with time zone"))
                .containsExactly("~ column public.t.c type timestamp(6) with time zone");
        assertThat(columns("timestamptz(0)", "timestamp(3) with time zone"))
                .containsExactly("~ column public.t.c type timestamp(3) with time zone");
    }

    @Test
    void aPrecisionThatNobodyChoseMayBeAny() {
        assertTolerated(columns("numeric(12,2)", "numeric(38,2)"));
        assertTolerated(columns("numeric", "numeric(10,4)"));
        assertTolerated(columns("numeric(12,4)", "numeric(10,4)"));
        assertThat(columns("numeric(8,4)", "numeric(10,4)")).containsExactly("~ column public.t.c type numeric(10,4)");
    }

    @Test
    void widerNumbersWillDoAndNarrowerDoNot() {
        assertTolerated(columns("bigint", "integer"));
        assertTolerated(columns("integer", "smallint"));
        assertTolerated(columns("double precision", "float4"));
        assertThat(columns("integer", "bigint")).containsExactly("~ column public.t.c type bigint");
        assertThat(columns("real", "float(53)")).containsExactly("~ column public.t.c type double precision");
    }

    @Test
    void jsonIsJson() {
        assertTolerated(columns("json", "jsonb"));
        assertTolerated(columns("jsonb", "json"));
    }

    @Test
    void aDomainIsWhatItStandsOn() {
        assertTolerated(changes(
                "CREATE DOMAIN nhs_number AS varchar(10) CHECK (VALUE ~ '^[0-9]{10}$');"
                        + " CREATE TABLE t (id bigint PRIMARY KEY, c nhs_number)",
                "create table t (id bigint not null, c varchar(10), primary key (id));"));
    }

    @Test
    void aLargeObjectIsNeverMadeOfATextOrBytes() {
        EntityTolerance compared = compared(
                "CREATE TABLE t (id bigint PRIMARY KEY, notes text, photo bytea)",
                "create table t (id bigint not null, notes oid, photo oid, primary key (id));");

        assertTolerated(changes(compared));
        assertThat(texts(compared, Weight.UNDECIDED))
                .containsExactly(
                        "public.t.notes: the column is text, and @Lob on a String asks for a large object (oid)."
                                + " Leave @Lob out, or annotate with @JdbcTypeCode(SqlTypes.LONG32VARCHAR).",
                        "public.t.photo: the column is bytea, and @Lob on a byte[] asks for a large object (oid)."
                                + " Leave @Lob out, or annotate with @JdbcTypeCode(SqlTypes.LONG32VARBINARY).");
    }

    @Test
    void aNewLargeObjectIsWarnedOf() {
        assertThat(texts(
                        compared("", "create table t (id bigint not null, notes oid, primary key (id));"),
                        Weight.WARNING))
                .containsExactly("public.t.notes: @Lob makes a large object (oid), whose contents stay when the row is"
                        + " deleted. Leave @Lob out, or annotate with @JdbcTypeCode(SqlTypes.LONG32VARCHAR), for bytes"
                        + " LONG32VARBINARY.");
    }

    @Test
    void anIntervalAndCitextAreTheEntitysToSay() {
        EntityTolerance compared = compared(
                "CREATE EXTENSION IF NOT EXISTS citext; CREATE TABLE t (id bigint PRIMARY KEY, took interval, mail citext)",
                "create table t (id bigint not null, mail varchar(255), took numeric(21,0), primary key (id));");

        assertTolerated(changes(compared));
        assertThat(texts(compared, Weight.UNDECIDED))
                .containsExactlyInAnyOrder(
                        "public.t.took: the column is an interval, and the entity keeps nanoseconds as numeric(21,0)."
                                + " Annotate the attribute with @JdbcTypeCode(SqlTypes.INTERVAL_SECOND).",
                        "public.t.mail: the column is citext, which an entity cannot tell by itself."
                                + " Write @Column(columnDefinition = \"citext\").");
    }

    @Test
    void whatHibernateRejectsIsADifference() {
        assertThat(columns("varchar(1)", "char(1)")).containsExactly("~ column public.t.c type character(1)");
        assertThat(columns("text", "uuid")).containsExactly("~ column public.t.c type uuid");
        assertThat(columns("boolean", "varchar(255)"))
                .containsExactly("~ column public.t.c type character varying(255)");
    }

    // Columns

    @Test
    void aNullableColumnHasToBeNotNullAndTheOtherWayRoundDoesNotMatter() {
        assertThat(columns("text", "varchar(255) not null")).containsExactly("~ column public.t.c not null yes");
        assertTolerated(columns("text NOT NULL", "varchar(255)"));
    }

    @Test
    void aDefaultThatAnEntityHasNotStays() {
        assertTolerated(columns("integer NOT NULL DEFAULT 15", "integer not null"));
        assertTolerated(columns("integer DEFAULT 15", "integer default 15"));
        assertTolerated(columns("text DEFAULT 'a'", "varchar(255) default 'a'"));
        assertThat(columns("integer", "integer default 15")).containsExactly("+ default public.t.c");
        assertThat(columns("integer DEFAULT 10", "integer default 15"))
                .containsExactly("~ default public.t.c expression 15");
    }

    @Test
    void anIdentityMayBeAlwaysOrASerialAndHasToBeThere() {
        String entity = "create table t (id bigint generated by default as identity, primary key (id));";

        assertTolerated(changes("CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)", entity));
        assertTolerated(changes("CREATE TABLE t (id bigserial PRIMARY KEY)", entity));
        assertThat(changes("CREATE TABLE t (id bigint PRIMARY KEY)", entity))
                .containsExactly("~ column public.t.id identity by default");
    }

    @Test
    void aGeneratedColumnMayBeStoredOrVirtual() {
        assertTolerated(
                columns("integer GENERATED ALWAYS AS (id + 1) STORED", "integer generated always as (id + 1) virtual"));
        assertThat(columns("integer", "integer generated always as (id + 1) virtual"))
                .containsExactly("~ column public.t.c expression (id + 1), generated virtual");
    }

    @Test
    void aColumnThatNoEntityHasStaysAndIsWarnedOfWhereInsertsFail() {
        EntityTolerance compared = compared(
                "CREATE TABLE t (id bigint PRIMARY KEY, region text NOT NULL, a text, b text NOT NULL DEFAULT '')",
                "create table t (id bigint not null, primary key (id));");

        assertTolerated(changes(compared));
        assertThat(texts(compared, Weight.WARNING))
                .containsExactly("public.t.region: no entity has this column, and it must not be null: what the"
                        + " application inserts will fail. Give it a default, or let it be null, or map it.");
        assertThat(compared.leftAlone()).containsEntry(FactKind.COLUMN, 3L);
    }

    @Test
    void theOrderOfColumnsAndOfAKeysColumnsIsNotAnEntitysToSay() {
        assertTolerated(
                changes(
                        "CREATE TABLE j (doctor_id int, patient_id bigint, PRIMARY KEY (doctor_id, patient_id))",
                        "create table j (patient_id bigint not null, doctor_id integer not null, primary key (patient_id, doctor_id));"));
    }

    @Test
    void aNewColumnComesLast() {
        EntityTolerance compared = compared(
                "CREATE TABLE t (id bigint PRIMARY KEY, name text)",
                "create table t (a integer, id bigint not null, b integer default 1 not null, name varchar(255), primary key (id));");

        assertThat(changes(compared))
                .containsExactly("+ column public.t.a", "+ column public.t.b", "+ default public.t.b");
        assertThat(compared.wanted().facts().stream()
                        .filter(fact -> fact.id().kind() == FactKind.COLUMN)
                        .collect(Collectors.toMap(fact -> fact.id().name(), SchemaFact::position)))
                .containsEntry("a", 3)
                .containsEntry("b", 4);
    }

    @Test
    void aNewColumnHasItsTypeAsOneWritesIt() {
        EntityTolerance compared = compared(
                "CREATE TABLE t (id bigint PRIMARY KEY)",
                "create table t (at timestamp(6) with time zone, day time(6), id bigint not null, primary key (id));");

        assertThat(compared.wanted().facts())
                .extracting(fact -> fact.attribute("type"))
                .contains("timestamp with time zone", "time without time zone");
    }

    // Enums and checks

    private static final String STRING_ENUM = "create table t (id bigint not null, s varchar(255)"
            + " check ((s in ('ACTIVE','ON_HOLD','CLOSED'))), primary key (id));";

    @Test
    void anEnumMayBeATypeOrATextWithoutACheck() {
        assertTolerated(changes("CREATE TABLE t (id bigint PRIMARY KEY, s varchar(20))", STRING_ENUM));
        assertTolerated(changes(
                "CREATE TYPE status AS ENUM ('CLOSED', 'ACTIVE', 'ON_HOLD'); CREATE TABLE t (id bigint PRIMARY KEY, s status)",
                STRING_ENUM));
    }

    @Test
    void aCheckThatLacksAConstantGetsIt() {
        assertThat(changes(
                        "CREATE TABLE t (id bigint PRIMARY KEY, s text NOT NULL CONSTRAINT known CHECK (s IN ('ACTIVE', 'OLD')))",
                        STRING_ENUM))
                .containsExactly(
                        "~ constraint public.t.known definition CHECK (s IN ('ACTIVE', 'OLD', 'ON_HOLD', 'CLOSED'))");
        assertThat(changes("CREATE TABLE t (id bigint PRIMARY KEY, s varchar(20) CHECK (s = 'ACTIVE'))", STRING_ENUM))
                .containsExactly(
                        "~ constraint public.t.t_s_check definition CHECK (s IN ('ACTIVE', 'ON_HOLD', 'CLOSED'))");
        assertTolerated(changes(
                "CREATE TABLE t (id bigint PRIMARY KEY, s text CHECK (s IN ('CLOSED', 'ACTIVE', 'OLD', 'ON_HOLD')))",
                STRING_ENUM));
    }

    @Test
    void anEnumTypeThatLacksAConstantGetsIt() {
        String there = "CREATE TYPE status AS ENUM ('OLD', 'ACTIVE'); CREATE TABLE t (id bigint PRIMARY KEY, s status)";
        String[] expected = {"~ enum public.status labels 'OLD', 'ACTIVE', 'ON_HOLD', 'CLOSED'"};

        assertThat(changes(there, STRING_ENUM)).containsExactly(expected);
        assertThat(changes(
                        there,
                        "create type Status as enum ('ACTIVE','ON_HOLD','CLOSED');"
                                + " create table t (id bigint not null, s Status, primary key (id));"))
                .containsExactly(expected);
    }

    @Test
    void anEnumThatIsKeptAsANumberIsCheckedAlike() {
        String entity =
                "create table t (id bigint not null, s smallint check ((s between 0 and 2)), primary key (id));";

        assertTolerated(changes("CREATE TABLE t (id bigint PRIMARY KEY, s integer)", entity));
        assertThat(changes("CREATE TABLE t (id bigint PRIMARY KEY, s smallint CHECK (s BETWEEN 0 AND 1))", entity))
                .containsExactly("~ constraint public.t.t_s_check definition CHECK (s IN (0, 1, 2))");
    }

    @Test
    void aConditionOfTheEntityHasToBeThereUnderAnyName() {
        String entity = "create table t (id bigint not null, minutes integer, primary key (id),"
                + " constraint visit_minutes check (minutes > 0));";

        assertTolerated(changes(
                "CREATE TABLE t (id bigint PRIMARY KEY, minutes integer CHECK (minutes > 0), CHECK (minutes < 600))",
                entity));
        assertThat(changes("CREATE TABLE t (id bigint PRIMARY KEY, minutes integer)", entity))
                .containsExactly("+ constraint public.t.visit_minutes CHECK ((minutes > 0))");
        assertThat(changes(
                        "CREATE TABLE t (id bigint PRIMARY KEY, minutes integer CONSTRAINT visit_minutes CHECK (minutes > 5))",
                        entity))
                .containsExactly("~ constraint public.t.visit_minutes definition CHECK ((minutes > 0))");
    }

    @Test
    void whatHibernateChecksOfAHierarchyIsNotMissed() {
        assertTolerated(
                changes(
                        "CREATE TABLE t (id bigint PRIMARY KEY, dtype text NOT NULL, grade int)",
                        "create table t (grade integer, id bigint not null, dtype varchar(31) not null check ((dtype in"
                                + " ('Doctor','Surgeon'))), primary key (id), check (dtype <> 'Surgeon' or (grade is not null)));"));
    }

    // Keys and indexes

    private static final String VISITS = "create table patient (id bigint not null, primary key (id));"
            + " create table visits (id bigint not null, patient_id bigint not null, primary key (id));"
            + " alter table if exists visits add constraint FKoro2s70plro4gcvos56135pql foreign key (patient_id) references patient;";

    @Test
    void newConstraintsHaveOurNames() {
        EntityTolerance compared = compared("", VISITS);

        assertThat(changes(compared))
                .contains(
                        "+ constraint public.visits.visits_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES public.patient(id)");
        assertThat(compared.indexes())
                .extracting(index -> index.attribute("definition"))
                .containsExactly("CREATE INDEX visits_patient_id_idx ON public.visits USING btree (patient_id)");
        assertThat(changes(compared.withIndexes()))
                .contains(
                        "+ index public.visits_patient_id_idx CREATE INDEX visits_patient_id_idx ON public.visits USING"
                                + " btree (patient_id)");
    }

    @Test
    void aForeignKeyIsFoundByWhatItIs() {
        EntityTolerance compared = compared(
                "CREATE TABLE patient (id bigint CONSTRAINT pk_p PRIMARY KEY); CREATE TABLE visits (id bigint PRIMARY KEY,"
                        + " patient_id bigint NOT NULL CONSTRAINT of_whom REFERENCES patient ON DELETE CASCADE DEFERRABLE)",
                VISITS);

        assertTolerated(changes(compared));
        assertThat(compared.indexes()).isEmpty();
    }

    @Test
    void aForeignKeyThatDeletesOtherwiseIsADifference() {
        assertThat(
                        changes(
                                "CREATE TABLE p (id bigint PRIMARY KEY); CREATE TABLE v (id bigint PRIMARY KEY, p bigint REFERENCES p)",
                                "create table p (id bigint not null, primary key (id)); create table v (id bigint not null, p bigint,"
                                        + " primary key (id)); alter table if exists v add constraint x foreign key (p) references p on delete set null;"))
                .containsExactly(
                        "~ constraint public.v.v_p_fkey definition FOREIGN KEY (p) REFERENCES public.p(id) ON DELETE SET NULL");
    }

    @Test
    void aMissingForeignKeyUniqueAndIndexAreAdded() {
        assertThat(
                        changes(
                                "CREATE TABLE p (id bigint PRIMARY KEY, mail text, born date); CREATE TABLE v (id bigint PRIMARY KEY, p bigint)",
                                "create table p (born date, id bigint not null, mail varchar(255) unique, primary key (id));"
                                        + " create table v (id bigint not null, p bigint, primary key (id));"
                                        + " create index IDXe7j6tmgh4kse0y2bnkcgt2r3a on p (born desc, mail);"
                                        + " alter table if exists v add constraint FKoro2s70plro4gcvos56135pql foreign key (p) references p;"))
                .containsExactly(
                        "+ constraint public.p.p_mail_key UNIQUE (mail)",
                        "+ constraint public.v.v_p_fkey FOREIGN KEY (p) REFERENCES public.p(id)",
                        "+ index public.p_born_mail_idx CREATE INDEX p_born_mail_idx ON public.p USING btree (born DESC, mail)");
    }

    @Test
    void aUniqueKeyMayBeAnIndexAndAnIndexMayBeMore() {
        String entity = "create table t (id bigint not null, a varchar(255) unique, b integer, primary key (id));"
                + " create index t_b on t (b);";

        assertTolerated(changes(
                "CREATE TABLE t (id bigint PRIMARY KEY, a text, b int); CREATE UNIQUE INDEX any_name ON t (a);"
                        + " CREATE INDEX t_b ON t (b) INCLUDE (a) WHERE b > 0",
                entity));
        assertTolerated(changes(
                "CREATE TABLE t (id bigint PRIMARY KEY, a text UNIQUE, b int); CREATE INDEX other ON t (b)", entity));
        assertThat(changes(
                        "CREATE TABLE t (id bigint PRIMARY KEY, a text UNIQUE, b int); CREATE INDEX t_b ON t (a, b)",
                        entity))
                .containsExactly("~ index public.t_b definition CREATE INDEX t_b ON public.t USING btree (b)");
    }

    @Test
    void aPartitionedTableMayHaveMoreInItsKey() {
        assertTolerated(changes(
                "CREATE TABLE t (id bigint, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
                "create table t (day date, id bigint not null, primary key (id));"));
    }

    // What else there is

    @Test
    void aSequenceThatCountsOtherwiseIsSomebodysToDecide() {
        EntityTolerance compared =
                compared("CREATE SEQUENCE t_seq", "create sequence t_seq start with 1 increment by 50;");

        assertTolerated(changes(compared));
        assertThat(texts(compared, Weight.UNDECIDED))
                .containsExactly(
                        "public.t_seq: it counts by 1, and the entity takes 50 ids at a time: two instances would"
                                + " give out the same. Either write allocationSize = 1 in @SequenceGenerator; or, while nobody"
                                + " inserts, ALTER SEQUENCE public.t_seq INCREMENT BY 50 and set it 50 past the greatest id.");
    }

    @Test
    void whatEntitiesCannotSayIsLeftAlone() {
        EntityTolerance compared =
                compared("""
                CREATE TABLE t (id bigint PRIMARY KEY, name text CHECK (name <> ''));
                COMMENT ON TABLE t IS 'people';
                CREATE INDEX lower_name ON t (lower(name)) WHERE name IS NOT NULL;
                CREATE TABLE audit (at timestamptz);
                CREATE VIEW names AS SELECT name FROM t;
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
                ALTER TABLE t ENABLE ROW LEVEL SECURITY;
                CREATE POLICY own ON t USING (name = current_user);
                """, "create table t (id bigint not null, name varchar(255), primary key (id));");

        assertTolerated(changes(compared));
        assertThat(compared.leftAlone())
                .containsEntry(FactKind.TABLE, 1L)
                .containsEntry(FactKind.VIEW, 1L)
                .containsEntry(FactKind.INDEX, 1L)
                .containsEntry(FactKind.TRIGGER, 1L)
                .containsEntry(FactKind.POLICY, 1L)
                .containsEntry(FactKind.CONSTRAINT, 1L);
    }

    @Test
    void anEntityMayReadAView() {
        EntityTolerance compared = compared(
                "CREATE TABLE t (id bigint PRIMARY KEY); CREATE VIEW active AS SELECT id FROM t",
                "create table active (id bigint not null, name varchar(255), primary key (id));");

        assertTolerated(changes(compared));
        assertThat(texts(compared, Weight.NOTE))
                .containsExactly("public.active: an entity reads this view; its columns are not compared.");
    }

    @Test
    void whatIsNamedIsDroppedWithItsKeysUnlessAnEntityHasIt() {
        EntityTolerance compared = compared(
                "CREATE TABLE t (id bigint PRIMARY KEY, a int UNIQUE, b int); CREATE INDEX ab ON t (a, b); CREATE TABLE old (id int)",
                "create table t (id bigint not null, b integer, primary key (id));",
                "t.a",
                "t.b",
                "public.old");

        assertThat(changes(compared))
                .containsExactly(
                        "- table public.old",
                        "- column public.old.id",
                        "- column public.t.a",
                        "- constraint public.t.t_a_key",
                        "- index public.ab");
    }

    @Test
    void aCommentOfTheEntityHasToBeThere() {
        String entity = "create table t (id bigint not null, primary key (id)); comment on column t.id is 'a number';";

        assertThat(changes("CREATE TABLE t (id bigint PRIMARY KEY)", entity))
                .containsExactly("+ comment of public.t.id");
        assertThat(changes("CREATE TABLE t (id bigint PRIMARY KEY); COMMENT ON COLUMN t.id IS 'x'", entity))
                .containsExactly("~ comment of public.t.id text a number");
    }

    @Test
    void namesThatNeedQuotesAndOtherSchemasAreFollowed() {
        assertThat(changes(
                        "CREATE SCHEMA clinic; CREATE TABLE clinic.\"Visit\" (\"Id\" bigint PRIMARY KEY, \"Who\" text)",
                        "create schema clinic; create table clinic.\"Visit\" (\"Id\" bigint not null, \"Who\" varchar(255) not"
                                + " null check ((\"Who\" in ('a','b'))), primary key (\"Id\"), unique (\"Who\"));"))
                .containsExactly(
                        "~ column clinic.\"Visit\".\"Who\" not null yes",
                        "+ constraint clinic.\"Visit\".\"Visit_Who_key\" UNIQUE (\"Who\")");
    }
}
