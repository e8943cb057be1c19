package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.source.MigrationLoader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Every migrator of the service, under the name of its database, by which operators know it.
 *
 * <p>A migrator that the service defines itself has the service's listeners and settings here, too. If it does not name
 * its database, and is not the only one of its kind, the database has the name of the bean without the ending
 * {@code Migrator}.
 *
 * @param byName in the order in which the beans are defined
 */
public record Migrators(Map<String, Migrator> byName) {

    static Migrators of(
            ConfigurableListableBeanFactory beanFactory,
            MigrationsProperties properties,
            List<MigratorFactory> factories) {
        Map<String, Migrator> beans = new LinkedHashMap<>(Collaborators.byName(Migrator.class, beanFactory));
        for (MigratorFactory factory : factories) {
            if (!has(factory.kind(), beans) && factory.hasMain()) {
                Migrator main = factory.main();
                beanFactory.registerSingleton(factory.mainBean(), main);
                beans.put(factory.mainBean(), main);
            }
        }
        Map<String, Migrator> byName = new LinkedHashMap<>();
        beans.forEach((beanName, migrator) -> {
            String name = name(beanName, migrator, beans);
            String free = byName.containsKey(name) ? beanName : name;
            Migrator named = migrator.database().equals(free) ? migrator : migrator.named(free);
            boolean isOurs = factories.stream().anyMatch(factory -> factory.hasMade(migrator));
            Migrator equipped = isOurs ? named : Collaborators.equip(named, properties.settings(free), beanFactory);
            byName.put(free, properties.patience().isZero() ? equipped : equipped.patient(properties.patience()));
        });
        return new Migrators(byName);
    }

    /** Whether any of them migrates this kind of database. */
    public boolean has(DatabaseKind kind) {
        return has(kind, byName);
    }

    private static boolean has(DatabaseKind kind, Map<String, Migrator> migrators) {
        return migrators.values().stream()
                .anyMatch(migrator -> migrator.driver().kind() == kind);
    }

    /** Files where the database named after its kind would look, if the others that there are do not look there. */
    public void refuseUnclaimed(DatabaseKind kind, MigrationsProperties properties) {
        List<String> named = properties.databases().entrySet().stream()
                .filter(database -> database.getValue().kind(database.getKey()) == kind)
                .map(Map.Entry::getKey)
                .toList();
        if (named.isEmpty() || byName.containsKey(kind.toString())) {
            return;
        }
        List<String> claimed = named.stream()
                .flatMap(database -> properties.locations(database).stream())
                .toList();
        for (String location : properties.locations()) {
            MigrationLoader loader =
                    new MigrationLoader(List.of(location), kind, Map.of(), Migrators.class.getClassLoader());
            if (!claimed.contains(location) && loader.hasFiles()) {
                throw new MigrationException.Refused(
                        "There are ." + kind.extension() + " migrations in " + location
                                + ", and no database to apply them to: " + String.join(", ", named)
                                + " below mhras.migrations.databases are for other files.",
                        "Set mhras.migrations.databases." + named.get(0) + ".locations, if they are for that one. If"
                                + " they are for the database of the service itself, set mhras.migrations.locations to "
                                + location + ".");
            }
        }
    }

    private static String name(String beanName, Migrator migrator, Map<String, Migrator> beans) {
        DatabaseKind kind = migrator.driver().kind();
        boolean alone = beans.values().stream()
                .noneMatch(other -> other != migrator && other.driver().kind() == kind);
        boolean isNamed = !migrator.database().equals(kind.toString());
        return alone || isNamed || beanName.equals(NamedDatabases.beanName(kind.toString()))
                ? migrator.database()
                : beanName.replaceFirst("(?<=.)Migrator$", "");
    }
}
