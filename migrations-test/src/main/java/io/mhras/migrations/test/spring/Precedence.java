package io.mhras.migrations.test.spring;

import io.mhras.migrations.MigrationException.Refused;
import java.util.Arrays;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Puts the settings before those of other customizers, the order of which nobody decides, and refuses what says at the same
 * time that the database is another one.
 */
final class Precedence implements BeanDefinitionRegistryPostProcessor {

    private static final String REPLACE = "spring.test.database.replace";

    private final MapPropertySource source;
    private final ConfigurableEnvironment environment;
    private final boolean hasMain;

    /**
     * Settings.
     *
     * @param hasMain whether they are about the service's own PostgreSQL database
     */
    Precedence(MapPropertySource source, ConfigurableEnvironment environment, boolean hasMain) {
        this.source = source;
        this.environment = environment;
        this.hasMain = hasMain;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        environment.getPropertySources().remove(source.getName());
        String replace = environment.getProperty(REPLACE);
        environment.getPropertySources().addFirst(source);
        if ("any".equalsIgnoreCase(replace)) {
            throw new Refused(
                    "The test contradicts itself: @MigratedDatabase gives it a database, and"
                            + " @AutoConfigureTestDatabase(replace = ANY) replaces it with an empty one.",
                    "Take @AutoConfigureTestDatabase away.");
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        if (hasMain) {
            Connections.refuseOthers(beanFactory);
        }
    }

    /** Loaded with Spring Boot's JDBC only. */
    private static final class Connections {

        static void refuseOthers(ConfigurableListableBeanFactory beanFactory) {
            Arrays.stream(beanFactory.getBeanNamesForType(JdbcConnectionDetails.class, true, false))
                    .filter(name -> !name.equals(Preparation.CONNECTION_DETAILS))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new Refused(
                                "The test contradicts itself: @MigratedDatabase gives it a database, and so does '"
                                        + name + "', as by @ServiceConnection.",
                                "Take one of them away. To have the databases of @MigratedDatabase in a container, set"
                                        + " 'mhras.test.image'.");
                    });
        }
    }
}
