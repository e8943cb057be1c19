package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.TestMongo;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.mongodb.core.MongoTemplate;

class MongoMigrationsTest {

    private static final String CLINIC = "mhras.migrations.locations=classpath:mongo/clinic";

    @AutoClose
    private final TestMongo mongo = TestMongo.newDatabase();

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MongoAutoConfiguration.class, DataMongoAutoConfiguration.class, MigrationsAutoConfiguration.class))
            .withPropertyValues("spring.mongodb.uri=" + uri(), CLINIC);

    private String uri() {
        return mongo.databaseUrl();
    }

    private long patients() {
        return mongo.database().getCollection("patients").countDocuments();
    }

    @Test
    void aServiceFindsItsCollections() {
        service.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Migrator.class);
            assertThat(context.getBean(Migrators.class).byName()).containsOnlyKeys("mongodb");
            assertThat(context.getBean(Migrator.class).status().summary()).isEqualTo(Summary.UP_TO_DATE);
        });
        assertThat(patients()).isEqualTo(1);
    }

    @Test
    void templatesWaitForTheMigrations() {
        service.run(context -> {
            assertThat(context.getBeanFactory()
                            .getBeanDefinition("mongoTemplate")
                            .getDependsOn())
                    .contains(MigrationsAutoConfiguration.RUNNER);
            assertThat(context.getBean(MongoTemplate.class)
                            .getCollection("patients")
                            .countDocuments())
                    .isEqualTo(1);
        });
    }

    @Test
    void aServiceThatHasMongoDbForOtherThingsIsLeftAlone() {
        service.withPropertyValues("mhras.migrations.locations=classpath:db/none")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Migrator.class));
        assertThat(mongo.database().listCollectionNames()).isEmpty();
    }

    @Test
    void anOwnUriIsForTheMigrationsAlone() {
        service.withPropertyValues(
                        "spring.mongodb.uri=mongodb://localhost:1/none",
                        "mhras.migrations.mongodb.uri=" + uri(),
                        "mhras.migrations.mongodb.database=" + mongo.databaseName() + "_other",
                        "mhras.migrations.mongodb.collection=changes")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(mongo.client().getDatabase(mongo.databaseName() + "_other").listCollectionNames())
                .contains("changes", "patients");
    }

    @Test
    void anOwnUriNamesItsDatabase() {
        service.withPropertyValues("mhras.migrations.mongodb.uri=" + mongo.url())
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MigrationException.Refused.class)
                        .hasMessageContainingAll("does not say which database", "mhras.migrations.mongodb.database"));
    }

    @Test
    void whatIsUnknownInAnOwnUriIsRefusedByName() {
        service.withPropertyValues("mhras.migrations.mongodb.uri=" + uri() + "&retrywrite=false")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll("'retrywrite'", "Did you mean retryWrites?"));
    }

    @Test
    void aUriThatIsNoneIsNotPrinted() {
        service.withPropertyValues("mhras.migrations.mongodb.uri=mongodb://clinic:s3cr3t@x@host/patients")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll("is not a MongoDB connection string", "%40 for @")
                        .hasMessageNotContaining("s3cr3t"));
    }

    @Test
    void aServiceNeedsNothingOfPostgresqls() {
        service.withClassLoader(new FilteredClassLoader(
                        "org.springframework.jdbc", "org.postgresql", "io.mhras.migrations.postgresql"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Migrator.class));
        assertThat(patients()).isEqualTo(1);
    }

    @Test
    void aMissingDriverIsNamed() {
        service.withClassLoader(new FilteredClassLoader(MongoClient.class))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MigrationException.Refused.class)
                        .hasMessageContainingAll(
                                "MongoDB migrations (.js) in classpath:mongo/clinic",
                                "no MongoClient bean",
                                "io.mhras:migrations-spring-boot-starter-mongodb",
                                "mhras.migrations.enabled=false"));
    }

    @Test
    void aServiceWithBothDatabasesHasAMigratorForEach() {
        try (TestDatabase database = TestServer.newDatabase()) {
            TestService.on(database)
                    .withConfiguration(AutoConfigurations.of(MongoAutoConfiguration.class))
                    .withPropertyValues("spring.mongodb.uri=" + uri())
                    .withPropertyValues("mhras.migrations.locations=classpath:db/migration,classpath:mongo/clinic")
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        assertThat(context.getBean(Migrators.class).byName()).containsOnlyKeys("postgresql", "mongodb");
                    });
            assertThat(TestService.applied(database)).hasSize(3);
            assertThat(patients()).isEqualTo(1);
        }
    }

    @Test
    void eachOfTwoDatabasesMayHaveItsOwnTarget() {
        try (TestDatabase database = TestServer.newDatabase()) {
            ApplicationContextRunner both = TestService.on(database)
                    .withConfiguration(AutoConfigurations.of(MongoAutoConfiguration.class))
                    .withPropertyValues("spring.mongodb.uri=" + uri())
                    .withPropertyValues("mhras.migrations.locations=classpath:db/migration,classpath:db/third,"
                            + "classpath:mongo/clinic")
                    .withPropertyValues("mhras.migrations.target=003");

            both.run(context -> assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(MigrationException.InvalidTarget.class)
                    .hasMessage("The target of mongodb: There is no migration 003.\n\nWhat to do: There are: 001, 002."
                            + " A target for this database alone is 'mhras.migrations.mongodb.target'."));
            assertThat(TestService.hasTable(database, "migration_history")).isFalse();

            both.withPropertyValues("mhras.migrations.mongodb.target=001")
                    .run(context -> assertThat(context).hasNotFailed());
            assertThat(TestService.applied(database)).hasSize(3);
            assertThat(mongo.database().listCollectionNames()).contains("patients");
            assertThat(patients()).isZero();
        }
    }

    @Test
    void aScriptThatFailsIsNamedWithItsPlace() {
        service.withPropertyValues("mhras.migrations.locations=classpath:mongo/broken")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("001_same_patient_twice.js:2:")
                        .hasStackTraceContaining("E11000"));
        assertThat(patients()).isEqualTo(1);
    }

    @Test
    void validateFailsWhereSomethingIsPending() {
        service.withPropertyValues("mhras.migrations.mode=validate")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("001"));
        assertThat(mongo.database().listCollectionNames()).isEmpty();
    }

    @Test
    void whatHasASecretInItIsNotPrinted() {
        service.withPropertyValues("mhras.migrations.mongodb.uri=" + uri() + "&appName=s3cr3t")
                .run(context -> assertThat(context.getBean(MigrationsProperties.class))
                        .asString()
                        .contains("migration_history")
                        .doesNotContain("s3cr3t"));
    }
}
