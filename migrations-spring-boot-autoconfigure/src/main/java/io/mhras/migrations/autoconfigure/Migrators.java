package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.engine.Migrator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Every migrator of the service, under the name by which operators know it: its database's, or, if another migrator has
 * the same kind of database, its bean's, without the ending {@code Migrator}.
 *
 * @param byName in the order in which the beans are defined
 */
record Migrators(Map<String, Migrator> byName) {

    private static final Set<String> AUTO_CONFIGURED =
            Set.of(PostgresMigratorConfiguration.BEAN_NAME, MongoMigratorConfiguration.BEAN_NAME);

    static Migrators of(ConfigurableListableBeanFactory beanFactory) {
        Map<String, Migrator> beans = Collaborators.byName(Migrator.class, beanFactory);
        Map<String, Migrator> byName = new LinkedHashMap<>();
        beans.forEach((beanName, migrator) -> {
            String name = name(beanName, migrator, beans);
            byName.put(byName.containsKey(name) ? beanName : name, migrator);
        });
        return new Migrators(byName);
    }

    /** Whether any of them migrates this kind of database. */
    boolean has(DatabaseKind kind) {
        return byName.values().stream().anyMatch(migrator -> migrator.database().equals(kind.toString()));
    }

    private static String name(String beanName, Migrator migrator, Map<String, Migrator> beans) {
        boolean alone = beans.values().stream()
                .noneMatch(other -> other != migrator && other.database().equals(migrator.database()));
        return alone || AUTO_CONFIGURED.contains(beanName)
                ? migrator.database()
                : beanName.replaceFirst("(?<=.)Migrator$", "");
    }
}
