package io.mhras.migrations.jpa.boot;

import io.mhras.migrations.jpa.EntityDdl;
import io.mhras.migrations.jpa.SessionFactories;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.cfg.SchemaToolingSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.persistence.autoconfigure.EntityScanPackages;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * Starts as much of an application as its entities need: its settings, the scan for entities, and Hibernate. None of its own
 * beans is made, and no connection is opened.
 */
public final class EntitiesOfApplication {

    private static final String VERSION = "mhras.server-version";

    private EntitiesOfApplication() {}

    /**
     * Writes what Hibernate would make, as SQL.
     *
     * @param arguments the application's class, the file to write, and the server's major version
     * @throws ClassNotFoundException if the class is not on the class path
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] arguments) throws ClassNotFoundException, IOException {
        Class<?> application = ClassUtils.forName(arguments[0], null);
        SessionFactories.keep();
        SpringApplication starting = new SpringApplication(JpaAlone.class);
        starting.setBannerMode(Banner.Mode.OFF);
        starting.setWebApplicationType(WebApplicationType.NONE);
        starting.setRegisterShutdownHook(false);
        starting.setDefaultProperties(Map.of(VERSION, arguments[2]));
        starting.addInitializers(context -> packages(application, (BeanDefinitionRegistry) context.getBeanFactory()));
        ConfigurableApplicationContext context = starting.run();
        StringBuilder text = new StringBuilder();
        SessionFactories.kept().stream().map(EntityDdl::of).forEach(text::append);
        context.close();
        Files.writeString(Path.of(arguments[1]), text);
    }

    private static void packages(Class<?> application, BeanDefinitionRegistry registry) {
        AutoConfigurationPackages.register(registry, application.getPackageName());
        EntityScan scan = AnnotatedElementUtils.findMergedAnnotation(application, EntityScan.class);
        if (scan != null) {
            for (String each : scan.basePackages()) {
                EntityScanPackages.register(registry, each);
            }
            for (Class<?> each : scan.basePackageClasses()) {
                EntityScanPackages.register(registry, each.getPackageName());
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(HibernateJpaAutoConfiguration.class)
    static class JpaAlone {

        @Bean
        DataSource dataSource() {
            return (DataSource) Proxy.newProxyInstance(
                    JpaAlone.class.getClassLoader(), new Class<?>[] {DataSource.class}, JpaAlone::answer);
        }

        /** Spring Boot asks whether the database is an embedded one, and takes an error for a no. */
        private static @Nullable Object answer(Object self, Method method, Object @Nullable [] arguments)
                throws SQLException {
            return switch (method.getName()) {
                case "toString" -> "no data source";
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> arguments != null && arguments[0] == self;
                case "isWrapperFor" -> false;
                default ->
                    throw new SQLException("Something asks for a connection, and the entities are read without one");
            };
        }

        @Bean
        HibernatePropertiesCustomizer withoutAConnection(@Value("${" + VERSION + "}") String version) {
            return settings -> {
                settings.remove(SchemaToolingSettings.HBM2DDL_AUTO);
                settings.put(SchemaToolingSettings.JAKARTA_HBM2DDL_DATABASE_ACTION, "none");
                settings.put(SchemaToolingSettings.JAKARTA_HBM2DDL_SCRIPTS_ACTION, "none");
                settings.put("hibernate.boot.allow_jdbc_metadata_access", "false");
                settings.put("jakarta.persistence.database-product-name", "PostgreSQL");
                settings.put("jakarta.persistence.database-major-version", version);
            };
        }
    }
}
