package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.autoconfigure.MigrationsProperties.Database;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.source.MigrationLoader;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Makes the migrators of one kind of database from the settings. */
public abstract class MigratorFactory {

    protected final MigrationsProperties properties;
    protected final ConfigurableListableBeanFactory beanFactory;
    private final DatabaseKind kind;
    private final MigrationLoader loader;
    private final Set<Migrator> made = Collections.newSetFromMap(new IdentityHashMap<>());

    protected MigratorFactory(
            DatabaseKind kind,
            MigrationsProperties properties,
            MigrationLoader loader,
            ConfigurableListableBeanFactory beanFactory) {
        this.kind = kind;
        this.properties = properties;
        this.loader = loader;
        this.beanFactory = beanFactory;
    }

    /** The driver for the database named after its kind. */
    protected abstract MigrationDriver mainDriver();

    /** The driver for a database with a name of its own. */
    protected abstract MigrationDriver driver(String name, Database settings);

    /** The bean of the database named after its kind. */
    protected abstract String mainBean();

    DatabaseKind kind() {
        return kind;
    }

    /** Whether there is anything for the database named after its kind to do. */
    protected boolean hasMain() {
        return MainDatabaseCondition.isWanted(kind, beanFactory);
    }

    /** The migrator of the database named after its kind. */
    public final Migrator main() {
        return equipped(kind.toString(), new Migrator(mainDriver(), loader::load));
    }

    /** The migrator of a database below {@code mhras.migrations.databases}. */
    Migrator named(String name, Database settings) {
        Map<String, String> placeholders = new HashMap<>(properties.placeholders());
        placeholders.putAll(settings.placeholders());
        MigrationLoader files = new MigrationLoader(
                properties.locations(name),
                kind,
                placeholders,
                Objects.requireNonNull(beanFactory.getBeanClassLoader(), "A bean factory loads classes"));
        return equipped(name, new Migrator(driver(name, settings), files::load));
    }

    private Migrator equipped(String name, Migrator migrator) {
        Migrator equipped = Collaborators.customize(
                Collaborators.equip(migrator, properties.settings(name), beanFactory), beanFactory);
        made.add(equipped);
        return equipped;
    }

    /** Whether it is one of these, and not the service's own. */
    boolean hasMade(Migrator migrator) {
        return made.contains(migrator);
    }

    /** The bean that the setting {@code databases.<name>.<key>} names. */
    protected final <T> T bean(String beanName, Class<T> type, String setting) {
        try {
            return beanFactory.getBean(beanName, type);
        } catch (NoSuchBeanDefinitionException e) {
            throw new MigrationException.Refused(
                    "mhras.migrations.databases." + setting + " names a " + type.getSimpleName() + " bean '" + beanName
                            + "', and there is none.",
                    "There are: " + String.join(", ", List.of(beanFactory.getBeanNamesForType(type))) + ".");
        }
    }
}
