package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.autoconfigure.MigrationsProperties.Database;
import io.mhras.migrations.autoconfigure.check.WrittenSettings;
import io.mhras.migrations.engine.Migrator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.type.AnnotationMetadata;

/** Looks at how the settings were written, and defines a {@link Migrator} bean for each database below {@code mhras.migrations.databases}: {@code auditMigrator}. */
public final class NamedDatabases implements ImportBeanDefinitionRegistrar, EnvironmentAware {

    public static final String POSTGRES_BEAN = "postgresMigrator";
    public static final String MONGO_BEAN = "mongoMigrator";

    private Environment environment = new StandardEnvironment();

    @Override
    public void setEnvironment(Environment newEnvironment) {
        environment = newEnvironment;
    }

    /** Those databases, by name. */
    public static Map<String, Database> in(Environment environment) {
        return Binder.get(environment)
                .bind(MigrationsProperties.PREFIX + ".databases", Bindable.mapOf(String.class, Database.class))
                .orElse(Map.of());
    }

    /** The {@link Migrator} beans that the service defines itself. */
    static List<String> ownMigrators(ConfigurableListableBeanFactory beanFactory, Environment environment) {
        List<String> ours = new ArrayList<>(List.of(POSTGRES_BEAN, MONGO_BEAN));
        in(environment).keySet().forEach(name -> ours.add(beanName(name)));
        return Arrays.stream(beanFactory.getBeanNamesForType(Migrator.class, true, false))
                .filter(name -> !ours.contains(name))
                .toList();
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        // Before anything that goes by them.
        WrittenSettings.check(MigrationsProperties.PREFIX, MigrationsProperties.class, environment);
        for (String name : in(environment).keySet()) {
            if (!registry.containsBeanDefinition(beanName(name))) {
                RootBeanDefinition definition = new RootBeanDefinition(NamedDatabases.class);
                definition.setTargetType(Migrator.class);
                definition.setFactoryMethodName("migrator");
                definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
                definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
                registry.registerBeanDefinition(beanName(name), definition);
            }
        }
    }

    /** The migrator of one of them. */
    static Migrator migrator(String name, MigrationsProperties properties, ObjectProvider<MigratorFactory> factories) {
        Database settings = Objects.requireNonNull(properties.databases().get(name), name);
        DatabaseKind kind = settings.kind(name);
        return factories.stream()
                .filter(factory -> factory.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new MigrationException.Refused(
                        "mhras.migrations.databases." + name + " is a database of " + kind.title()
                                + ", and there is no way to reach one: its driver is missing, or it has no "
                                + (kind == DatabaseKind.POSTGRESQL ? "data-source and no url." : "client and no uri."),
                        "Add io.mhras:migrations-spring-boot-starter"
                                + (kind == DatabaseKind.POSTGRESQL ? "" : "-mongodb") + ", and set one of them."))
                .named(name, settings);
    }

    /** Named like those that are there without being named. */
    static String beanName(String name) {
        DatabaseKind kind = DatabaseKind.named(name).orElse(null);
        if (kind == null) {
            return name + "Migrator";
        }
        return switch (kind) {
            case POSTGRESQL -> POSTGRES_BEAN;
            case MONGODB -> MONGO_BEAN;
        };
    }
}
