package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
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

    /** The migrator with the service's listeners, and with its settings unless it has others than usual. */
    static Migrator equip(Migrator migrator, MigratorSettings settings, ConfigurableListableBeanFactory beanFactory) {
        Migrator equipped = migrator.settings().equals(MigratorSettings.DEFAULT) ? migrator.with(settings) : migrator;
        for (MigrationListener listener : inOrder(MigrationListener.class, beanFactory)) {
            equipped = equipped.with(listener);
        }
        return equipped;
    }

    /** What the service's customizers make of it. */
    static Migrator customize(Migrator migrator, ConfigurableListableBeanFactory beanFactory) {
        Migrator customized = migrator;
        for (MigratorCustomizer customizer : inOrder(MigratorCustomizer.class, beanFactory)) {
            customized = customizer.customize(customized);
        }
        return customized;
    }

    /** All beans of the type, in their order. */
    private static <T> List<T> inOrder(Class<T> type, ConfigurableListableBeanFactory beanFactory) {
        // Once each of them could be created, none is left out.
        byName(type, beanFactory);
        return beanFactory.getBeanProvider(type).orderedStream().toList();
    }
}
