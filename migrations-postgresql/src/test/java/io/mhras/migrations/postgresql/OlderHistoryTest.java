package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Kind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.WireTap;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A history table that an older release made. */
class OlderHistoryTest extends PostgresTest {

    private static final Files FILES =
            new Files().with("001_a.sql", "CREATE TABLE a (id int);").with("001_a.down.sql", "DROP TABLE a;");
    private static final Files MORE = FILES.with("002_b.sql", "CREATE TABLE b (id int);");
    private static final String COLUMNS = """
            SELECT concat_ws(' ', column_name, data_type, is_nullable, column_default) FROM information_schema.columns
            WHERE table_name = 'migration_history' ORDER BY ordinal_position""";

    /** What the older release left that had applied {@link #FILES}. */
    private void applyAsBefore() {
        database.run(OLDER_HISTORY + "CREATE TABLE a (id int)");
        jdbc.update("""
                INSERT INTO migration_history (event, version, description, script, checksum, up_script, down_script,
                                               execution_ms, application, host, fingerprint)
                VALUES ('APPLIED', '001', 'a', '001_a.sql', ?, 'CREATE TABLE a (id int);', 'DROP TABLE a;', 3, '', 'host', ?)""", FILES.set().migrations().get(0).checksum(), FILES.set().fingerprint());
    }

    @Test
    void readingItLeavesItAsItIs() {
        applyAsBefore();
        List<String> columns = column(COLUMNS);
        Migrator migrator = migrator(FILES);

        assertThat(migrator.status().summary()).isEqualTo(MigrationStatus.Summary.UP_TO_DATE);
        migrator.validate(Target.HEAD);
        assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
        assertThat(migrator(MORE).plan(Target.HEAD).steps()).hasSize(1);
        assertThat(migrator.planRollback(Target.BASE).steps()).hasSize(1);
        HistoryEntry entry = migrator.history().get(0);
        assertThat(entry.version()).isEqualTo(MigrationVersion.of("001"));
        assertThat(entry.recorded().kind()).isEqualTo(Kind.SCRIPT);
        assertThat(entry.recorded().revision()).isNull();
        assertThat(entry.execution().release()).isNull();
        assertThat(column(COLUMNS)).isEqualTo(columns).hasSize(16);
    }

    @Test
    void aReleaseWithoutTheBaselineIsBesideADatabaseThatItMade() {
        Files newer = new Files()
                .with("B002__all.sql", "CREATE TABLE a (id int); CREATE TABLE b (id int);")
                .with("003_c.sql", "CREATE TABLE c (id int);");
        migrator(newer).migrate(Target.HEAD);

        MigrationStatus status = migrator(FILES).status();

        assertThat(status.summary()).isEqualTo(MigrationStatus.Summary.AHEAD);
        assertThat(migrator(FILES).migrate(Target.HEAD).isUpToDate()).isTrue();
        assertThat(migrator(MORE).migrate(Target.HEAD).isUpToDate()).isTrue();
    }

    @Test
    void theFirstWriteAddsWhatItLacks() {
        applyAsBefore();
        migrator(MORE).migrate(Target.HEAD);

        List<String> columns = column(COLUMNS);
        assertThat(column("SELECT coalesce(kind, 'none') FROM migration_history ORDER BY id"))
                .containsExactly("none", "SCRIPT");
        assertThat(migrator(MORE).history()).hasSize(2);
        database.run("DROP TABLE migration_history, a, b");
        migrator(MORE).migrate(Target.HEAD);
        assertThat(columns)
                .isEqualTo(column(COLUMNS))
                .endsWith(
                        "kind text YES",
                        "revision text YES",
                        "release text YES",
                        "commit text YES",
                        "structure text YES");
    }

    @Test
    void whatTheColumnsHoldIsRead() {
        migrator(FILES).migrate(Target.HEAD);
        database.run("UPDATE migration_history SET kind = 'JAVA', revision = '3', release = '1.2', commit = 'abc',"
                + " structure = 'def'");

        HistoryEntry entry = migrator(FILES).history().get(0);

        assertThat(entry.recorded().kind()).isEqualTo(Kind.JAVA);
        assertThat(entry.recorded().revision()).isEqualTo("3");
        assertThat(entry.execution().release()).isEqualTo("1.2");
        assertThat(entry.execution().commit()).isEqualTo("abc");
        assertThat(entry.structure()).isEqualTo("def");
    }

    @Test
    void whetherItLacksAnyIsAskedTogetherWithWhetherItIsThere() {
        migrator(FILES).migrate(Target.HEAD);
        try (WireTap tap = WireTap.on(database.url())) {
            migrator(new DriverManagerDataSource(tap.url()), PostgresSettings.DEFAULT, MORE)
                    .migrate(Target.HEAD);

            assertThat(tap.statements().stream().filter(sql -> sql.contains("pg_attribute")))
                    .singleElement()
                    .asString()
                    .contains("has_schema", "has_table", "is_older");
            assertThat(tap.statements()).noneMatch(sql -> sql.contains("ALTER TABLE"));
        }
    }

    @Test
    void whoMayNotAddThemIsToldWhatTheOwnerHasToRun() {
        applyAsBefore();
        String user = "writer_" + database.name();
        database.run("CREATE ROLE " + user + " LOGIN; GRANT SELECT, INSERT ON migration_history TO " + user);
        try {
            MigrationException failure =
                    failure(migrator(TestServer.as(database, user, ""), PostgresSettings.DEFAULT, MORE));

            assertThat(failure)
                    .isInstanceOf(HistoryUnusable.class)
                    .hasMessageStartingWith(
                            "The history \"public\".\"migration_history\" is of an older release and lacks"
                                    + " columns, and the database user may not add them: must be owner of table");
            assertThat(exists("b")).isFalse();
            database.run(failure.remedy().replace("As the owner of the table: ", ""));
            assertThat(column(COLUMNS)).hasSize(21);
        } finally {
            database.run("DROP OWNED BY " + user + "; DROP ROLE " + user);
        }
    }

    @Test
    void aSessionThatUsesTheTableForLongIsNotWaitedForWithoutALimit() throws SQLException {
        applyAsBefore();
        try (Connection reader = database.dataSource().getConnection()) {
            reader.setAutoCommit(false);
            new JdbcTemplate(new SingleConnectionDataSource(reader, true))
                    .queryForList("SELECT * FROM migration_history");

            assertThat(failure(migrator(MORE)))
                    .isInstanceOf(HistoryUnusable.class)
                    .hasMessageContaining(
                            "and another session, such as a backup, uses the table: canceling statement due"
                                    + " to lock timeout")
                    .hasMessageEndingWith("Start again when that session is done.");
            reader.rollback();
        }
        migrator(MORE).migrate(Target.HEAD);
        assertThat(exists("b")).isTrue();
    }

    @Test
    void aTableThatIsNotOursGetsNoColumns() {
        database.run("CREATE TABLE migration_history (id int, filename text)");
        Migrator migrator = migrator(FILES).with(new MigratorSettings(OutOfOrder.FAIL, true));

        assertThat(catchThrowable(migrator::clean)).isInstanceOf(HistoryUnusable.class);

        assertThat(column(COLUMNS)).hasSize(2);
    }
}
