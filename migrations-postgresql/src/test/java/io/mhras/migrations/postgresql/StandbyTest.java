package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.OwnServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** On a server that is only read. */
class StandbyTest {

    private static final Files APPLIED = new Files().with("001_a.sql", "CREATE TABLE a (id int);");

    private static OwnServer server;
    private static DriverManagerDataSource dataSource;

    @BeforeAll
    static void start() {
        server = OwnServer.start();
        dataSource = new DriverManagerDataSource(server.adminUrl());
        migrator(PostgresSettings.DEFAULT, APPLIED).migrate(Target.HEAD);
        server.becomeStandby();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Migrator migrator(PostgresSettings settings, Files files) {
        return new Migrator(new PostgresDriver(dataSource, settings), files::set);
    }

    @Test
    void anUpToDateStartAndEverythingThatReadsWorks() {
        Migrator migrator = migrator(PostgresSettings.DEFAULT, APPLIED);

        assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
        assertThat(migrator.status().summary()).isEqualTo(Summary.UP_TO_DATE);
        assertThat(migrator.activity()).isEmpty();
        assertThat(migrator.health()).isPresent();
        migrator.validate(Target.HEAD);
    }

    @Test
    void aScriptIsNotToBlame() {
        Migrator migrator = migrator(
                PostgresSettings.DEFAULT,
                new Files()
                        .with("001_a.sql", "CREATE TABLE a (id int);")
                        .with("002_b.sql", "CREATE TABLE b (id int);"));

        ScriptFailed failure = catchThrowableOfType(ScriptFailed.class, () -> migrator.migrate(Target.HEAD));

        assertThat(failure)
                .hasMessageContaining("002_b.sql:1:1")
                .hasMessageContaining("cannot execute CREATE TABLE in a read-only transaction")
                .hasMessageContaining("nothing of it was kept");
        assertThat(failure.remedy()).startsWith("The session may only read: the server is a standby, or");
        assertThat(migrator.history()).extracting(entry -> entry.event()).containsExactly(Event.APPLIED);
    }

    @Test
    void aHistoryCannotBeMadeThere() {
        MigrationException failure = catchThrowableOfType(
                HistoryUnusable.class,
                () -> migrator(PostgresSettings.DEFAULT.in(null, "another"), APPLIED)
                        .migrate(Target.HEAD));

        assertThat(failure)
                .hasMessageContaining(
                        "The history \"public\".\"another\" cannot be written: cannot execute CREATE TABLE in a"
                                + " read-only transaction")
                .hasMessageContaining("Connect to the primary server, with a connection that is not read-only.");
    }
}
