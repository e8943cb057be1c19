package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.autoconfigure.clinic.Patient;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class JpaTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @Test
    void hibernateValidatesTheSchemaAfterTheMigrations() {
        TestService.on(database)
                .withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
                .withUserConfiguration(Entities.class)
                .withPropertyValues("spring.jpa.hibernate.ddl-auto=validate")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .getBean(EntityManagerFactory.class)
                        .extracting(factory -> factory.getMetamodel().entity(Patient.class))
                        .isNotNull());
    }

    @ParameterizedTest
    @CsvSource({
        "spring.jpa.hibernate.ddl-auto,update,none",
        "spring.jpa.properties.hibernate.hbm2ddl.auto,create-drop,none",
        "spring.jpa.generate-ddl,true,false"
    })
    void twoMastersOfTheSchemaAreWarnedOf(String setting, String value, String instead, CapturedOutput output) {
        TestService.on(database)
                .withConfiguration(AutoConfigurations.of(MigrationsJpaAutoConfiguration.class))
                .withPropertyValues(setting + "=" + value)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output)
                .contains(
                        setting + " is '" + value + "': Hibernate changes the schema beside the migrations, and neither"
                                + " knows what the other has done. Set " + setting + "=" + instead
                                + " and leave the schema to the migrations; a test with @JpaMigrationTest writes them from the"
                                + " entities.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "validate"})
    void oneMasterIsNotWarnedOf(String value, CapturedOutput output) {
        TestService.on(database)
                .withConfiguration(AutoConfigurations.of(MigrationsJpaAutoConfiguration.class))
                .withPropertyValues("spring.jpa.hibernate.ddl-auto=" + value)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).doesNotContain("beside the migrations");
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = Patient.class)
    static class Entities {}
}
