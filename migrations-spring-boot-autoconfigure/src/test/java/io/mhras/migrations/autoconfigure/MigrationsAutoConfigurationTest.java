package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.source.MigrationLoader;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MigrationsAutoConfigurationTest {

    private static final String SEVERAL = "mhras.migrations.locations=classpath:db/none,classpath:db/nothing";

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    private final ApplicationContextRunner withoutDataSource =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MigrationsAutoConfiguration.class));

    @Test
    void nothingIsThereWhenItIsDisabled() {
        TestService.on(database)
                .withPropertyValues("mhras.migrations.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(Migrator.class)
                        .doesNotHaveBean(MigrationRunner.class)
                        .doesNotHaveBean(MigrationsProperties.class));
        assertThat(TestService.hasTable(database, "migration_history")).isFalse();
    }

    @Test
    void migrationsWithoutADatabaseFailTheStart() {
        withoutDataSource.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(MigrationException.Refused.class)
                .hasMessageContainingAll(
                        "SQL migrations in classpath:db/migration",
                        "no DataSource bean",
                        "spring-boot-starter-jdbc",
                        "mhras.migrations.postgresql.url",
                        "mhras.migrations.enabled=false"));
    }

    @Test
    void migrationsWithoutADatabaseFailALazyStartToo() {
        withoutDataSource
                .withInitializer(context -> context.addBeanFactoryPostProcessor(
                        new org.springframework.boot.LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void migrationsWithoutADatabaseAreFineWhenNothingIsToRun() {
        withoutDataSource
                .withPropertyValues("mhras.migrations.mode=none")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aServiceWithNeitherMigrationsNorADatabaseStarts() {
        withoutDataSource
                .withPropertyValues(SEVERAL)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Migrator.class));
    }

    @Test
    void aMissingDriverIsNamed() {
        TestService.on(database)
                .withClassLoader(new FilteredClassLoader("org.postgresql"))
                .withPropertyValues("spring.datasource.url=jdbc:h2:mem:none")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("org.postgresql:postgresql"));
    }

    @Test
    void missingJdbcSupportIsNamed() {
        withoutDataSource
                .withClassLoader(new FilteredClassLoader(DataSourceBuilder.class))
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("spring-boot-starter-jdbc"));
    }

    @Test
    void aServiceWithoutMigrationsStartsAndSaysWhereItLooked(CapturedOutput output) {
        TestService.on(database)
                .withPropertyValues(SEVERAL)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).containsOnlyOnce("WARN").contains("no files in classpath:db/none, classpath:db/nothing");
        assertThat(TestService.hasTable(database, "migration_history")).isFalse();
    }

    @Test
    void anotherDatabaseThanPostgresIsRefused() {
        TestService.on(database)
                .withPropertyValues("spring.datasource.url=jdbc:h2:mem:other")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll("H2", "for PostgreSQL", "spring.test.database.replace=none"));
    }

    @Test
    void aBeanOfTheSameNameTakesItsPlace() {
        TestService.on(database)
                .withBean("postgresMigrator", Migrator.class, () -> migrator(database, "classpath:db/none"))
                .run(context -> {
                    assertThat(context).hasSingleBean(Migrator.class);
                    assertThat(TestService.hasTable(database, "migration_history"))
                            .isFalse();
                });
    }

    @Test
    void aMigratorOfTheServiceMakesUpForTheMissingDataSource() {
        withoutDataSource
                .withBean("ownMigrator", Migrator.class, () -> migrator(database))
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(TestService.applied(database)).hasSize(3);
    }

    private static Migrator migrator(TestDatabase database) {
        return migrator(database, "classpath:db/migration");
    }

    private static Migrator migrator(TestDatabase database, String location) {
        MigrationLoader loader = new MigrationLoader(
                List.of(location),
                DatabaseKind.POSTGRESQL,
                Map.of(),
                MigrationsAutoConfigurationTest.class.getClassLoader());
        return new Migrator(new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT), loader::load);
    }
}
