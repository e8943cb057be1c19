package io.mhras.migrations.autoconfigure;

import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Auto-configuration that warns of a schema with two masters: the migrations, and Hibernate. */
@AutoConfiguration(after = MigrationsAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@ConditionalOnBooleanProperty(name = "mhras.migrations.enabled", matchIfMissing = true)
public final class MigrationsJpaAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(MigrationsJpaAutoConfiguration.class);

    private static final List<String> SETTINGS = List.of(
            "spring.jpa.hibernate.ddl-auto",
            "spring.jpa.properties.hibernate.hbm2ddl.auto",
            "spring.jpa.properties.jakarta.persistence.schema-generation.database.action",
            "spring.jpa.generate-ddl");

    private static final List<String> HARMLESS = List.of("", "none", "validate", "false");

    /** Looks when the definitions of beans are there: no bean has to be made for it. */
    @Bean
    static BeanFactoryPostProcessor schemaHasOneMaster(Environment environment) {
        return beans -> {
            if (beans.containsBeanDefinition(NamedDatabases.POSTGRES_BEAN)) {
                SETTINGS.forEach(setting -> warn(setting, environment.getProperty(setting, "")));
            }
        };
    }

    private static void warn(String setting, String value) {
        if (!HARMLESS.contains(value.strip().toLowerCase(Locale.ROOT))) {
            log.warn(
                    "{} is '{}': Hibernate changes the schema beside the migrations, and neither knows what the other has"
                            + " done. Set {}={} and leave the schema to the migrations; a test with @JpaMigrationTest writes"
                            + " them from the entities.",
                    setting,
                    value,
                    setting,
                    setting.endsWith("generate-ddl") ? "false" : "none");
        }
    }
}
