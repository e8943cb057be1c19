package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.Migrator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Every migrator of the service, under the name by which operators know it: its database's, or, where an earlier one has
 * that, its bean's.
 *
 * @param byName in the order in which the beans are defined
 */
record Migrators(Map<String, Migrator> byName) {

    static Migrators of(ListableBeanFactory beanFactory) {
        Map<String, Migrator> byName = new LinkedHashMap<>();
        beanFactory.getBeansOfType(Migrator.class).forEach((beanName, migrator) -> {
            boolean taken = byName.containsKey(migrator.database());
            byName.put(taken ? beanName : migrator.database(), migrator);
        });
        return new Migrators(byName);
    }
}
