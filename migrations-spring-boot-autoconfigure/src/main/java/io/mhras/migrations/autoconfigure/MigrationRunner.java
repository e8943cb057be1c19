package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.Target;
import io.mhras.migrations.autoconfigure.check.OtherTool;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.source.MissingFolder;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.metrics.ApplicationStartup;
import org.springframework.core.metrics.StartupStep;
import org.springframework.util.ClassUtils;

/**
 * Does at start-up what {@code mhras.migrations.mode} says, for each {@link Migrator} of the service.
 *
 * <p>Whatever needs a database waits for this bean.
 */
public final class MigrationRunner implements InitializingBean {

    private static final Logger log = LoggerFactory.getLogger(MigrationRunner.class);

    private final Collection<Migrator> migrators;
    private final MigrationsProperties properties;
    private final ApplicationStartup startup;
    private final ConfigurableApplicationContext context;

    MigrationRunner(
            Collection<Migrator> migrators,
            MigrationsProperties properties,
            ApplicationStartup startup,
            ConfigurableApplicationContext context) {
        this.migrators = migrators;
        this.properties = properties;
        this.startup = startup;
        this.context = context;
    }

    @Override
    public void afterPropertiesSet() {
        if (properties.mode() != MigrationMode.NONE) {
            refuseMissingFolders();
            refuseOtherTools();
        }
        migrate();
        if (properties.mode() == MigrationMode.APPLY_AND_EXIT) {
            exit();
        }
    }

    /** A folder that was written down is to be there; the usual one need not be. */
    private void refuseMissingFolders() {
        ClassLoader classLoader = Objects.requireNonNull(context.getClassLoader(), "A context loads classes");
        String general = MigrationsProperties.PREFIX + ".locations";
        if (Binder.get(context.getEnvironment())
                .bind(general, Bindable.listOf(String.class))
                .isBound()) {
            MissingFolder.refuse(properties.locations(), general, classLoader);
        }
        properties.databases().forEach((name, database) -> {
            if (database.locations() != null) {
                String own = MigrationsProperties.PREFIX + ".databases." + name + ".locations";
                MissingFolder.refuse(database.locations(), own, classLoader);
            }
        });
    }

    private void refuseOtherTools() {
        ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
        ClassLoader classLoader = beanFactory.getBeanClassLoader();
        if (ClassUtils.isPresent("org.flywaydb.core.Flyway", classLoader)
                || ClassUtils.isPresent("liquibase.integration.spring.SpringLiquibase", classLoader)) {
            List<Migrator> sql = migrators.stream()
                    .filter(migrator -> migrator.driver().kind() == DatabaseKind.POSTGRESQL && hasFiles(migrator))
                    .toList();
            if (!sql.isEmpty()) {
                OtherTool.refuse(sql, beanFactory, context.getEnvironment());
            }
        }
    }

    private void migrate() {
        try (ShutdownSignal signal = ShutdownSignal.listen(migrators, properties.onShutdown())) {
            refuseStrangeTargets();
            migrators.forEach(this::run);
            signal.requireNone();
        } catch (MigrationException.Stopped e) {
            // Nobody may be there any more to report why the start failed.
            log.warn("{}", e.getMessage());
            throw e;
        }
    }

    /** A version of one of several databases may mean nothing in another: this must be known before the first is changed. */
    private void refuseStrangeTargets() {
        List<Migrator> several =
                migrators.stream().filter(MigrationRunner::hasFiles).toList();
        if (several.size() < 2 || properties.mode() == MigrationMode.NONE) {
            return;
        }
        for (Migrator migrator : several) {
            Target target = properties.target(migrator.database());
            try {
                // An up-to-date start sends its one query later.
                if (!(target instanceof Target.Head)) {
                    migrator.plan(target);
                }
            } catch (InvalidTarget e) {
                throw new InvalidTarget(
                        "The target of " + migrator.database() + ": " + e.problem(),
                        e.remedy() + " A target for this database alone is 'mhras.migrations."
                                + (properties.databases().containsKey(migrator.database()) ? "databases." : "")
                                + migrator.database() + ".target'.");
            }
        }
    }

    private void run(Migrator migrator) {
        if (properties.mode() != MigrationMode.NONE && !hasFiles(migrator)) {
            if (migrators.stream().noneMatch(MigrationRunner::hasFiles)) {
                log.warn(
                        "Migrations of {}: no files in {}. Put them there, or name their folder in"
                                + " mhras.migrations.locations, or set mhras.migrations.enabled=false.",
                        migrator.database(),
                        String.join(", ", properties.locations(migrator.database())));
            }
            return;
        }
        StartupStep step = startup.start("mhras.migrations.migrate")
                .tag("database", migrator.database())
                .tag("mode", properties.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        try {
            properties.mode().run(migrator, properties);
            if (properties.verify() == MigrationsProperties.Verify.STARTUP) {
                migrator.verify(List.of(), properties.verifyTimeout(), check -> {})
                        .requireAll();
            }
            step.tag("outcome", "success");
        } catch (RuntimeException e) {
            step.tag("outcome", "failure");
            throw e;
        } finally {
            step.end();
        }
    }

    private static boolean hasFiles(Migrator migrator) {
        return !migrator.migrations().migrations().isEmpty();
    }

    /** Here, rather than after the refresh: no listener, no scheduler and no web server has been started yet. */
    private void exit() {
        log.info("Migrations are applied, and the mode is apply-and-exit: the process ends");
        context.close();
        System.exit(0);
    }
}
