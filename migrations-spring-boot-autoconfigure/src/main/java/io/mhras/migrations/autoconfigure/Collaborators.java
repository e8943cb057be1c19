package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.Adopt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds the beans that take part in the migrations.
 *
 * <p>By name, one by one: where Spring collects beans by type, it silently leaves out one that is being created at that
 * moment, as is a bean that injects what waits for the migrations. A listener would not be notified; a database would
 * not be migrated.
 */
final class Collaborators {

    private Collaborators() {}

    /** All beans of the type by their names, as they are defined. */
    static <T> Map<String, T> byName(Class<T> type, ConfigurableListableBeanFactory beanFactory) {
        Map<String, T> beans = new LinkedHashMap<>();
        for (String name : beanFactory.getBeanNamesForType(type)) {
            beans.put(name, beanFactory.getBean(name, type));
        }
        return beans;
    }

    /** The migrator with the service's settings, listeners and customizers. */
    static Migrator equip(
            Migrator migrator, MigrationsProperties properties, ConfigurableListableBeanFactory beanFactory) {
        Migrator equipped = migrator.with(new MigratorSettings(
                properties.outOfOrder(),
                properties.cleanEnabled(),
                properties.undeclaredPlaceholders(),
                Adopt.parse(properties.adopt())));
        for (MigrationListener listener : inOrder(MigrationListener.class, beanFactory)) {
            equipped = equipped.with(listener);
        }
        for (MigratorCustomizer customizer : inOrder(MigratorCustomizer.class, beanFactory)) {
            equipped = customizer.customize(equipped);
        }
        return equipped;
    }

    /** All beans of the type, in their order. */
    private static <T> List<T> inOrder(Class<T> type, ConfigurableListableBeanFactory beanFactory) {
        // Once each of them could be created, none is left out.
        byName(type, beanFactory);
        return beanFactory.getBeanProvider(type).orderedStream().toList();
    }
}
