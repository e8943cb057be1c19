package io.mhras.migrations.autoconfigure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;

@ExtendWith(OutputCaptureExtension.class)
class ApplyOnStartTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @Test
    void aStartAppliesWhatIsPending() {
        TestService.on(database).run(context -> assertThat(context).hasNotFailed());

        assertThat(TestService.applied(database)).containsExactly("001", "002", "R_consenting_patient");
    }

    @Test
    void aSecondStartDoesNothingAndSaysSo(CapturedOutput output) {
        TestService.on(database).run(context -> assertThat(context).hasNotFailed());
        TestService.on(database).run(context -> assertThat(context).hasNotFailed());

        assertThat(TestService.applied(database)).hasSize(3);
        assertThat(output).contains("Migrations of postgresql: up to date");
    }

    @Test
    void aPoolOfOneConnectionIsEnough() {
        TestService.on(database)
                .withPropertyValues("spring.datasource.hikari.maximum-pool-size=1")
                .run(context -> assertThat(context.getBean(JdbcTemplate.class)
                                .queryForObject("SELECT count(*) FROM consenting_patient", Integer.class))
                        .isZero());
    }

    @Test
    void lazyInitializationDoesNotKeepItFromRunning() {
        TestService.on(database)
                .withInitializer(context -> context.addBeanFactoryPostProcessor(
                        new org.springframework.boot.LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(TestService.applied(database)).hasSize(3));
    }

    @Test
    void whateverNeedsTheDatabaseWaitsForIt() {
        TestService.on(database)
                .withUserConfiguration(CountsPatientsWhenCreated.class)
                .run(context -> assertThat(context.getBean("patients")).isEqualTo(0));
    }

    @Test
    void scriptsOfSpringItselfRunAfterIt() {
        TestService.on(database)
                .withConfiguration(AutoConfigurations.of(DataSourceInitializationAutoConfiguration.class))
                .withPropertyValues(
                        "spring.sql.init.mode=always",
                        "spring.sql.init.schema-locations=classpath:after-migrations.sql")
                .run(context -> assertThat(context.getBean(JdbcTemplate.class)
                                .queryForObject("SELECT count(*) FROM patient", Integer.class))
                        .isOne());
    }

    @Test
    void theHistoryNamesTheService() {
        TestService.on(database)
                .withPropertyValues("spring.application.name=clinic")
                .run(context -> assertThat(context.getBean(Migrator.class).history())
                        .allSatisfy(entry -> assertThat(entry.application()).isEqualTo("clinic")));
    }

    @Test
    void listenersAreTold() {
        TestService.on(database).withUserConfiguration(Listening.class).run(context -> {
            Listening listening = context.getBean(Listening.class);
            assertThat(listening.results)
                    .singleElement()
                    .satisfies(result -> assertThat(result.events()).hasSize(3));
        });
    }

    @Test
    void customizersChangeTheMigrator() {
        List<String> told = new ArrayList<>();
        MigratorCustomizer customizer = migrator -> migrator.with(new MigrationListener() {
            @Override
            public void onDone(MigrationResult result) {
                told.add(result.database());
            }
        });
        TestService.on(database)
                .withBean(MigratorCustomizer.class, () -> customizer)
                .run(context -> assertThat(told).containsExactly("postgresql"));
    }

    @Configuration(proxyBeanMethods = false)
    static class CountsPatientsWhenCreated {

        @Bean
        Integer patients(JdbcTemplate jdbc) {
            return requireNonNull(jdbc.queryForObject("SELECT count(*)::int FROM patient", Integer.class));
        }
    }

    @Lazy
    static final class Listening implements MigrationListener {

        private final List<MigrationResult> results = new ArrayList<>();

        @Override
        public void onDone(MigrationResult result) {
            results.add(result);
        }
    }
}
