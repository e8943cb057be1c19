package io.mhras.migrations.autoconfigure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

class MigrationCycleTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @Test
    void aListenerThatNeedsTheMigratedDatabaseIsExplained() {
        TestService.on(database).withUserConfiguration(AuditListener.class).run(context -> {
            FailureAnalysis analysis = requireNonNull(
                    new MigrationCycleFailureAnalyzer().analyze(requireNonNull(context.getStartupFailure())));
            assertThat(analysis.getDescription())
                    .containsIgnoringCase("auditListener")
                    .contains("jdbcTemplate", "migrationRunner");
            assertThat(analysis.getAction()).contains("ObjectProvider", "JdbcTemplate");
        });
    }

    @Test
    void aMigratorThatNeedsTheMigratedDatabaseIsExplained() {
        TestService.on(database).withUserConfiguration(ArchiveMigration.class).run(context -> {
            FailureAnalysis analysis = requireNonNull(
                    new MigrationCycleFailureAnalyzer().analyze(requireNonNull(context.getStartupFailure())));
            assertThat(analysis.getDescription()).contains("archiveMigrator", "migrationRunner");
        });
    }

    @Test
    void aListenerMayAskForItLater() {
        TestService.on(database)
                .withUserConfiguration(PatientListener.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aListenerMayHaveTheDataSource() {
        TestService.on(database)
                .withUserConfiguration(DataSourceListener.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void cyclesOfOthersAreNotOurs() {
        BeanCurrentlyInCreationException cycle = new BeanCurrentlyInCreationException("chicken");

        assertThat(new MigrationCycleFailureAnalyzer().analyze(cycle)).isNull();
    }

    @Configuration(proxyBeanMethods = false)
    static class ArchiveMigration {

        @Bean
        Migrator archiveMigrator(JdbcTemplate jdbc) {
            DataSource dataSource = requireNonNull(jdbc.getDataSource());
            return new Migrator(
                    new PostgresDriver(dataSource, PostgresSettings.DEFAULT), () -> MigrationSet.of(List.of()));
        }
    }

    static final class AuditListener implements MigrationListener {
        AuditListener(JdbcTemplate jdbc) {
            jdbc.setFetchSize(1);
        }
    }

    static final class PatientListener implements MigrationListener {
        PatientListener(ObjectProvider<JdbcTemplate> jdbc) {
            assertThat(jdbc).isNotNull();
        }
    }

    static final class DataSourceListener implements MigrationListener {
        DataSourceListener(DataSource dataSource) {
            assertThat(dataSource).isNotNull();
        }
    }
}
