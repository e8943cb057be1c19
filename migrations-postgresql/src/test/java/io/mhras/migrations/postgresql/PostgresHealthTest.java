package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.DatabaseHealth;
import io.mhras.migrations.DatabaseHealth.Finding;
import io.mhras.migrations.DatabaseHealth.Index;
import io.mhras.migrations.DatabaseHealth.Kind;
import io.mhras.migrations.DatabaseHealth.Table;
import io.mhras.migrations.testing.TestServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the catalog and the statistics say of a database. */
@Timeout(60)
class PostgresHealthTest extends PostgresTest {

    private final String user = "reader_" + database.name();

    @BeforeEach
    void create() {
        database.run("""
                CREATE SCHEMA "Clinic";
                CREATE TABLE "Clinic".patients (patient_id bigint PRIMARY KEY, name text, region text)
                    WITH (autovacuum_enabled = off);
                INSERT INTO "Clinic".patients SELECT n, repeat('x', 100), 'north' FROM generate_series(1, 5000) AS n;
                CREATE INDEX patients_region ON "Clinic".patients (region);
                CREATE UNIQUE INDEX patients_unique ON "Clinic".patients (patient_id, name);
                CREATE TABLE visits (
                    visit_id   bigint PRIMARY KEY,
                    patient_id bigint CONSTRAINT visits_patient REFERENCES "Clinic".patients,
                    referrer   bigint CONSTRAINT visits_referrer REFERENCES "Clinic".patients);
                CREATE INDEX visits_referrer ON visits (referrer, visit_id);
                CREATE INDEX visits_some ON visits (patient_id) WHERE visit_id > 7;
                """);
    }

    @AfterEach
    void dropUser() {
        database.run("DO $$ BEGIN IF to_regrole('" + user + "') IS NOT NULL THEN EXECUTE 'DROP OWNED BY " + user
                + "'; EXECUTE 'DROP ROLE " + user + "'; END IF; END $$");
    }

    private static DatabaseHealth health(DataSource dataSource) {
        return new PostgresDriver(dataSource, PostgresSettings.DEFAULT).health().orElseThrow();
    }

    private DatabaseHealth health() {
        return health(database.dataSource());
    }

    private static List<String> objects(DatabaseHealth health, Kind kind) {
        return health.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .map(Finding::object)
                .toList();
    }

    /** Statistics of other sessions come with a delay; a session's own are flushed on demand. */
    private void flushStatistics(String work) {
        database.run(work + "; SELECT pg_stat_force_next_flush()");
    }

    @Test
    void theLargestTableAndIndexComeFirstWithTheirSizes() {
        DatabaseHealth health = health();

        Table patients = health.tables().get(0);
        assertThat(patients.name()).isEqualTo("\"Clinic\".patients");
        assertThat(patients.bytes())
                .isEqualTo(jdbc.queryForObject("SELECT pg_table_size('\"Clinic\".patients')", Long.class));
        assertThat(patients.indexBytes())
                .isEqualTo(jdbc.queryForObject("SELECT pg_indexes_size('\"Clinic\".patients')", Long.class));
        assertThat(patients.lastVacuum()).isNull();
        assertThat(health.tables()).extracting(Table::name).containsExactly("\"Clinic\".patients", "public.visits");
        assertThat(health.indexes().get(0).name()).isEqualTo("\"Clinic\".patients_unique");
        assertThat(health.indexes()).extracting(Index::bytes).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(health.name()).isEqualTo(database.name());
        assertThat(health.server()).startsWith("PostgreSQL ");
        assertThat(health.bytes()).isGreaterThan(1_000_000L);
        assertThat(health.connections()).isNotNull();
        assertThat(health.connections().open())
                .isBetween(1, health.connections().limit());
        assertThat(health.notRead()).isEmpty();
    }

    @Test
    void usesAreCounted() {
        flushStatistics("SET enable_seqscan = off; SELECT count(*) FROM \"Clinic\".patients WHERE region = 'south'");

        assertThat(health().indexes())
                .filteredOn(index -> index.name().equals("\"Clinic\".patients_region"))
                .singleElement()
                .satisfies(index -> assertThat(index.uses()).isEqualTo(1));
    }

    @Test
    void anUnusedIndexIsOneThatNothingReadsAndNothingNeeds() {
        database.run("ANALYZE");

        List<Finding> findings = health().findings();

        assertThat(findings)
                .filteredOn(finding -> finding.kind() == Kind.UNUSED_INDEX)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.object()).isEqualTo("\"Clinic\".patients_region");
                    assertThat(finding.detail()).startsWith("on \"Clinic\".patients; nobody has read it");
                    assertThat(finding.remedy()).contains("DROP INDEX CONCURRENTLY \"Clinic\".patients_region;");
                });
        flushStatistics("SET enable_seqscan = off; SELECT count(*) FROM \"Clinic\".patients WHERE region = 'south'");
        assertThat(objects(health(), Kind.UNUSED_INDEX)).isEmpty();
    }

    @Test
    void aForeignKeyWantsAWholeIndexThatBeginsWithIt() {
        assertThat(health().findings())
                .filteredOn(finding -> finding.kind() == Kind.FOREIGN_KEY_WITHOUT_INDEX)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.object()).isEqualTo("public.visits");
                    assertThat(finding.detail())
                            .startsWith("visits_patient (patient_id) refers to \"Clinic\".patients");
                    assertThat(finding.remedy()).isEqualTo("CREATE INDEX CONCURRENTLY ON public.visits (patient_id);");
                    database.run(finding.remedy());
                });
        assertThat(objects(health(), Kind.FOREIGN_KEY_WITHOUT_INDEX)).isEmpty();
    }

    @Test
    void theColumnsOfAForeignKeyCanBeInAnyOrder() {
        database.run("""
                CREATE TABLE pairs (a int, b int, c int, PRIMARY KEY (a, b));
                CREATE TABLE of_pairs (c int, x int, y int, FOREIGN KEY (x, y) REFERENCES pairs);
                CREATE INDEX ON of_pairs (y, x, c);
                CREATE TABLE of_pairs_too (c int, x int, y int, FOREIGN KEY (x, y) REFERENCES pairs);
                CREATE INDEX ON of_pairs_too (y, c, x)""");

        assertThat(objects(health(), Kind.FOREIGN_KEY_WITHOUT_INDEX))
                .containsExactly("public.of_pairs_too", "public.visits");
    }

    @Test
    void anIndexWhoseBuildFailedIsInvalid() {
        database.run("INSERT INTO visits VALUES (1, 1, 1), (2, 1, 1)");
        assertThat(Assertions.catchThrowable(
                        () -> database.run("CREATE UNIQUE INDEX CONCURRENTLY visits_twice ON visits (patient_id)")))
                .isNotNull();

        assertThat(health().findings())
                .filteredOn(finding -> finding.kind() == Kind.INVALID_INDEX)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.object()).isEqualTo("public.visits_twice");
                    assertThat(finding.detail()).startsWith("on visits;");
                    assertThat(finding.remedy()).contains("DROP INDEX CONCURRENTLY public.visits_twice;");
                });
    }

    @Test
    void deadRowsAreSeenAndCleared() {
        flushStatistics("UPDATE \"Clinic\".patients SET region = 'south'");

        DatabaseHealth health = health();

        assertThat(health.tables().get(0).deadRows()).isEqualTo(5000);
        assertThat(health.findings())
                .filteredOn(finding -> finding.kind() == Kind.BLOAT)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.object()).isEqualTo("\"Clinic\".patients");
                    assertThat(finding.detail()).isEqualTo("5000 dead rows beside 5000 live ones; last vacuum: never");
                });
        database.run("VACUUM \"Clinic\".patients");
        DatabaseHealth after = health();
        assertThat(objects(after, Kind.BLOAT)).isEmpty();
        assertThat(after.tables().get(0).lastVacuum()).isNotNull();
    }

    @Test
    void aTableThatSomebodyHasLockedIsEstimatedAndNotWaitedFor() throws Exception {
        database.run("VACUUM \"Clinic\".patients");
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE \"Clinic\".patients IN ACCESS EXCLUSIVE MODE");

            DatabaseHealth health = health();

            assertThat(health.tables().get(0).name()).isEqualTo("\"Clinic\".patients");
            assertThat(health.tables().get(0).bytes()).isGreaterThan(500_000L);
            assertThat(health.tables().get(0).indexBytes()).isGreaterThan(100_000L);
            assertThat(health.notRead()).isEmpty();
            other.rollback();
        }
    }

    @Test
    void aUserWithoutAnyRightSeesTheSame() {
        database.run("CREATE ROLE " + user + " LOGIN PASSWORD 'hush'; REVOKE ALL ON SCHEMA public FROM PUBLIC");

        DatabaseHealth limited = health(TestServer.as(database, user, "hush"));

        assertThat(limited.tables()).isEqualTo(health().tables());
        assertThat(limited.notRead()).isEmpty();
        assertThat(objects(limited, Kind.FOREIGN_KEY_WITHOUT_INDEX)).containsExactly("public.visits");
    }

    @Test
    void whatAUserMayNotSeeIsNamedAndTheRestIsRead() {
        database.run("CREATE ROLE " + user + " LOGIN PASSWORD 'hush'; REVOKE SELECT ON pg_stat_activity FROM PUBLIC");

        DatabaseHealth limited = health(TestServer.as(database, user, "hush"));

        assertThat(limited.connections()).isNull();
        assertThat(limited.notRead())
                .containsExactly("Not read: the connections; permission denied for view pg_stat_activity.");
        assertThat(limited.tables()).hasSize(2);
    }

    @Test
    void nothingIsWrittenAndTheConnectionIsGivenBackAsItCame() {
        List<String> before = column("SELECT relname::text FROM pg_class ORDER BY 1");

        health();

        assertThat(column("SELECT relname::text FROM pg_class ORDER BY 1")).isEqualTo(before);
        assertThat(jdbc.queryForObject("SHOW lock_timeout", String.class)).isEqualTo("0");
        assertThat(jdbc.queryForObject("SHOW transaction_read_only", String.class))
                .isEqualTo("off");
    }
}
