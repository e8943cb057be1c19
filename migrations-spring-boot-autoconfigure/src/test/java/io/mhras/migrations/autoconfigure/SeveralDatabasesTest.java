package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.actuate.MigrationsEndpoint;
import io.mhras.migrations.actuate.MigrationsHealthIndicator;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.observation.MigrationMeters;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.source.MigrationLoader;
import io.mhras.migrations.testing.TestMongo;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;

/** Two databases of one kind in a service, defined in code or in properties alone. */
@ExtendWith(OutputCaptureExtension.class)
class SeveralDatabasesTest {

    private static final String ACTOR = "mhras.migrations.placeholders.actor=nobody";

    @AutoClose
    private final TestDatabase clinic = TestServer.newDatabase();

    @AutoClose
    private final TestDatabase audit = TestServer.newDatabase();

    private final ApplicationContextRunner service = TestService.on(clinic)
            .withConfiguration(AutoConfigurations.of(
                    MigrationsMetricsAutoConfiguration.class,
                    MigrationsEndpointAutoConfiguration.class,
                    MigrationsHealthAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class)
            .withPropertyValues("management.endpoints.web.exposure.include=*", ACTOR);

    /** With a second data source, which is never the service's main one. */
    private ApplicationContextRunner withAuditSource() {
        return service.withInitializer(context -> ((GenericApplicationContext) context)
                .registerBean(
                        "auditSource",
                        DataSource.class,
                        audit::dataSource,
                        definition -> definition.setAutowireCandidate(false)));
    }

    @Test
    void migratorsInCodeAreAllThatThereAre(CapturedOutput output) {
        service.withBean("clinicMigrator", Migrator.class, () -> migrator(clinic, "classpath:db/migration"))
                .withBean("auditMigrator", Migrator.class, () -> migrator(audit, "classpath:db/audit"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeansOfType(Migrator.class))
                            .containsOnlyKeys("clinicMigrator", "auditMigrator");
                    assertBothAreNamed(context.getBean(Migrators.class), output);
                    assertThat(context.getBean(MigrationsEndpoint.class)
                                    .migrations()
                                    .databases())
                            .containsOnlyKeys("clinic", "audit");
                    assertThat(Objects.requireNonNull(context.getBean(MigrationsEndpoint.class)
                                            .history("audit"))
                                    .history())
                            .hasSize(2);
                    assertThat(context.getBean(MigrationsHealthIndicator.class)
                                    .health()
                                    .getDetails())
                            .containsOnlyKeys("clinic", "audit");
                    SimpleMeterRegistry registry = new SimpleMeterRegistry();
                    context.getBean(MigrationMeters.class).bindTo(registry);
                    assertThat(registry.get("mhras.migrations.applied")
                                    .tag("database", "audit")
                                    .gauge()
                                    .value())
                            .isEqualTo(2);
                });
        assertEachHasItsOwn();
    }

    @Test
    void oneMigratorInCodeIsTheOnlyOne() {
        service.withBean("auditMigrator", Migrator.class, () -> migrator(audit, "classpath:db/audit"))
                .run(context -> {
                    assertThat(context).hasSingleBean(Migrator.class);
                    assertThat(context.getBean(Migrators.class).byName()).containsOnlyKeys("postgresql");
                });
        assertThat(TestService.applied(audit)).hasSize(2);
        assertThat(TestService.hasTable(clinic, "migration_history")).isFalse();
    }

    @Test
    void oneOfAnotherKindIsNotInItsWay() {
        try (TestMongo mongo = TestMongo.newDatabase()) {
            service.withConfiguration(AutoConfigurations.of(MongoAutoConfiguration.class))
                    .withPropertyValues("spring.mongodb.uri=" + mongo.databaseUrl())
                    .withPropertyValues("mhras.migrations.locations=classpath:db/migration,classpath:mongo/clinic")
                    .withBean("auditMigrator", Migrator.class, () -> migrator(audit, "classpath:db/audit"))
                    .run(context -> {
                        assertThat(context.getBean(Migrators.class).byName()).containsOnlyKeys("postgresql", "mongodb");
                        assertThat(context.getBeansOfType(Migrator.class))
                                .containsOnlyKeys("auditMigrator", "mongoMigrator");
                    });
            assertThat(mongo.database().getCollection("patients").countDocuments())
                    .isEqualTo(1);
        }
        assertThat(TestService.hasTable(clinic, "migration_history")).isFalse();
    }

    @Test
    void listenersAndSettingsReachThoseInCode() {
        Heard heard = new Heard();
        service.withBean(Heard.class, () -> heard)
                .withBean("clinicMigrator", Migrator.class, () -> migrator(clinic, "classpath:db/migration"))
                .withBean("auditMigrator", Migrator.class, () -> migrator(audit, "classpath:db/audit"))
                .withPropertyValues("mhras.migrations.target=001", "mhras.migrations.clean-enabled=true")
                .run(context -> assertThat(
                                context.getBean(Migrators.class).byName().values())
                        .allMatch(migrator -> migrator.settings().cleanEnabled()));

        assertThat(heard.steps).containsExactly("clinic 001", "audit 001");
    }

    @Test
    void propertiesAloneDefineBoth(CapturedOutput output) {
        withAuditSource()
                .withPropertyValues(
                        "mhras.migrations.databases.clinic.data-source=dataSource",
                        "mhras.migrations.databases.clinic.locations=classpath:db/migration",
                        "mhras.migrations.databases.audit.data-source=auditSource",
                        "mhras.migrations.databases.audit.table=audit_history",
                        "mhras.migrations.databases.audit.placeholders.actor=system")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeansOfType(Migrator.class))
                            .containsOnlyKeys("clinicMigrator", "auditMigrator");
                    assertBothAreNamed(context.getBean(Migrators.class), output);
                });
        assertThat(TestService.applied(clinic)).hasSize(3);
        assertThat(TestService.hasTable(audit, "audit_history")).isTrue();
        assertThat(TestService.hasTable(audit, "patient")).isFalse();
        audit.run("INSERT INTO entry (id, what) VALUES (1, 'seen'); SELECT 1/(actor = 'system')::int FROM entry");
    }

    @Test
    void theOldKeysAreTheDatabaseNamedAfterItsKind() {
        service.withPropertyValues(
                        "mhras.migrations.locations=classpath:db/migration",
                        "mhras.migrations.databases.audit.url=" + audit.url(),
                        "mhras.migrations.databases.audit.target=001")
                .run(context ->
                        assertThat(context.getBean(Migrators.class).byName()).containsOnlyKeys("postgresql", "audit"));
        assertThat(TestService.applied(clinic)).hasSize(3);
        assertThat(TestService.applied(audit)).containsExactly("001");
    }

    @Test
    void thatDatabaseMayAlsoBeNamedWithTheOthers() {
        service.withPropertyValues(
                        "mhras.migrations.databases.postgresql.table=changes",
                        "mhras.migrations.databases.audit.url=" + audit.url())
                .run(context -> assertThat(context.getBeansOfType(Migrator.class))
                        .containsOnlyKeys("postgresMigrator", "auditMigrator"));
        assertThat(TestService.hasTable(clinic, "changes")).isTrue();
        assertThat(TestService.applied(audit)).hasSize(2);
    }

    @Test
    void aSecondSchemaOfTheSameDatabaseIsOne() {
        service.withPropertyValues(
                        "mhras.migrations.locations=classpath:db/migration",
                        "mhras.migrations.databases.audit.schema=audit")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(TestService.applied(clinic)).hasSize(3);
        assertThat(TestService.hasTable(clinic, "audit.entry")).isTrue();
    }

    @Test
    void aMongoDatabaseIsOneToo() {
        try (TestMongo mongo = TestMongo.newDatabase()) {
            service.withPropertyValues(
                            "mhras.migrations.locations=classpath:db/migration",
                            "mhras.migrations.databases.archive.uri=" + mongo.databaseUrl(),
                            "mhras.migrations.databases.archive.locations=classpath:mongo/clinic",
                            "mhras.migrations.databases.archive.collection=changes")
                    .run(context -> assertThat(context.getBean(Migrators.class).byName())
                            .containsOnlyKeys("postgresql", "archive"));
            assertThat(mongo.database().listCollectionNames()).contains("changes", "patients");
        }
    }

    @Test
    void filesThatNoneOfThemLooksForFailTheStart() {
        service.withPropertyValues("mhras.migrations.databases.audit.url=" + audit.url())
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("There are .sql migrations in classpath:db/migration, and no database to apply them"
                                + " to: audit below mhras.migrations.databases are for other files.\n\nWhat to do: Set"
                                + " mhras.migrations.databases.audit.locations, if they are for that one. If they are"
                                + " for the database of the service itself, set mhras.migrations.locations to"
                                + " classpath:db/migration."));
        assertThat(TestService.hasTable(clinic, "migration_history")).isFalse();
    }

    @Test
    void aDataSourceThatIsNotThereIsNamed() {
        withAuditSource()
                .withPropertyValues("mhras.migrations.databases.audit.data-source=adit")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll(
                                "mhras.migrations.databases.audit.data-source names a DataSource bean 'adit'",
                                "There are: auditSource, dataSource."));
    }

    @Test
    void theirSecretsAreNotPrinted() {
        service.withPropertyValues(
                        "mhras.migrations.locations=classpath:db/migration",
                        "mhras.migrations.databases.audit.url=" + audit.url(),
                        "mhras.migrations.databases.audit.password=s3cr3t")
                .run(context -> assertThat(context.getBean(MigrationsProperties.class))
                        .asString()
                        .contains("audit")
                        .doesNotContain("s3cr3t"));
    }

    private static void assertBothAreNamed(Migrators migrators, CapturedOutput output) {
        assertThat(migrators.byName()).containsOnlyKeys("clinic", "audit");
        assertThat(migrators.byName())
                .allSatisfy((name, migrator) -> assertThat(migrator.database()).isEqualTo(name));
        assertThat(output)
                .contains("Migrations of clinic: 3 to apply", "Migrations of audit: 2 to apply")
                .doesNotContain("Migrations of postgresql");
    }

    private void assertEachHasItsOwn() {
        assertThat(TestService.applied(clinic)).hasSize(3);
        assertThat(TestService.applied(audit)).hasSize(2);
        assertThat(TestService.hasTable(clinic, "entry")).isFalse();
        assertThat(TestService.hasTable(audit, "patient")).isFalse();
    }

    private static Migrator migrator(TestDatabase database, String location) {
        MigrationLoader loader = new MigrationLoader(
                List.of(location),
                DatabaseKind.POSTGRESQL,
                Map.of("actor", "nobody"),
                SeveralDatabasesTest.class.getClassLoader());
        return new Migrator(new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT), loader::load);
    }

    private static final class Heard implements MigrationListener {

        private final List<String> steps = new ArrayList<>();

        @Override
        public void onStepDone(String database, MigrationStep step, HistoryEntry entry) {
            steps.add(database + " " + step.version());
        }
    }
}
