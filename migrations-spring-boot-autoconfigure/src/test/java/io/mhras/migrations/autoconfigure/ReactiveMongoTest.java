package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.TestMongo;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoReactiveAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoReactiveAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.ReactiveMongoOperations;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.repository.ReactiveMongoRepository;
import org.springframework.data.mongodb.repository.config.EnableReactiveMongoRepositories;

/** Services on the reactive driver: their migrations run on the other one, before anything of theirs. */
class ReactiveMongoTest {

    private static final String CLINIC = "mhras.migrations.locations=classpath:mongo/clinic";

    @AutoClose
    private final TestMongo mongo = TestMongo.newDatabase();

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MongoAutoConfiguration.class,
                    MongoReactiveAutoConfiguration.class,
                    DataMongoReactiveAutoConfiguration.class,
                    MigrationsAutoConfiguration.class))
            .withPropertyValues("spring.mongodb.uri=" + mongo.databaseUrl(), CLINIC);

    @Document("patients")
    record Patient(String id, String name) {}

    interface Patients extends ReactiveMongoRepository<Patient, String> {}

    /** What a service's bean sees while it is made. */
    record Seen(long patients) {}

    @Configuration(proxyBeanMethods = false)
    @EnableReactiveMongoRepositories(basePackageClasses = ReactiveMongoTest.class, considerNestedRepositories = true)
    static class WithRepositories {

        @Bean
        Seen seen(Patients patients) {
            return new Seen(Objects.requireNonNull(patients.count().block()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithOwnTemplate {

        @Bean
        ReactiveMongoOperations ownTemplate(MongoClient client) {
            return new ReactiveMongoTemplate(client, "own");
        }
    }

    @Test
    void templatesWaitForTheMigrations() {
        service.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Migrator.class);
            assertThat(context.getBeanFactory()
                            .getBeanDefinition("reactiveMongoTemplate")
                            .getDependsOn())
                    .contains(MigrationsAutoConfiguration.RUNNER);
            assertThat(context.getBean(ReactiveMongoTemplate.class)
                            .count(new org.springframework.data.mongodb.core.query.Query(), "patients")
                            .block())
                    .isEqualTo(1);
        });
    }

    @Test
    void aTemplateOfTheServicesOwnWaitsToo() {
        service.withUserConfiguration(WithOwnTemplate.class)
                .run(context -> assertThat(context.getBeanFactory()
                                .getBeanDefinition("ownTemplate")
                                .getDependsOn())
                        .contains(MigrationsAutoConfiguration.RUNNER));
    }

    @Test
    void repositoriesWaitForTheMigrations() {
        service.withUserConfiguration(WithRepositories.class)
                .run(context ->
                        assertThat(context).hasNotFailed().getBean(Seen.class).isEqualTo(new Seen(1)));
    }

    @Test
    void withTheReactiveDriverAloneTheMissingOneIsNamed() throws Exception {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("mongodb-driver-sync"))
                .collect(Collectors.joining(File.pathSeparator));

        assertThat(outputOf(classPath, CLINIC))
                .contains(
                        "APPLICATION FAILED TO START",
                        "There are MongoDB migrations (.js) in classpath:mongo/clinic",
                        "Add io.mhras:migrations-spring-boot-starter-mongodb",
                        "A service on the reactive driver needs it, too")
                .doesNotContain("NoClassDefFoundError", "template is there");
        assertThat(mongo.database().listCollectionNames()).isEmpty();

        assertThat(outputOf(classPath, "mhras.migrations.locations=classpath:db/none"))
                .contains("template is there");
    }

    /** A service that has no driver but the reactive one. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MongoReactiveAutoConfiguration.class,
        DataMongoReactiveAutoConfiguration.class,
        MigrationsAutoConfiguration.class
    })
    static class Main {

        public static void main(String[] arguments) {
            try (var context = new SpringApplicationBuilder(Main.class)
                    .web(WebApplicationType.NONE)
                    .run(arguments)) {
                context.getBean(ReactiveMongoTemplate.class);
                System.out.println("template is there");
            }
        }
    }

    private String outputOf(String classPath, String setting) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Main.class.getName(),
                        "--spring.mongodb.uri=" + mongo.databaseUrl(),
                        "--" + setting)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
