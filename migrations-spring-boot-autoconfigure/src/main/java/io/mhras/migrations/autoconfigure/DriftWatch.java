package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.autoconfigure.MigrationsProperties.Drift;
import io.mhras.migrations.engine.Migrator;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Compares, once the service has started, each database's structure with what it was after the newest run. */
final class DriftWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DriftWatch.class);

    private final Collection<Migrator> migrators;
    private final Drift drift;
    private volatile Thread comparing = new Thread(this::compare, "migrations-drift");

    DriftWatch(Collection<Migrator> migrators, Drift drift) {
        this.migrators = migrators;
        this.drift = drift;
    }

    @Override
    public void start() {
        if (drift != Drift.NONE) {
            comparing = new Thread(this::compare, "migrations-drift");
            comparing.setDaemon(true);
            comparing.start();
        }
    }

    private void compare() {
        for (Migrator migrator : migrators) {
            try {
                migrator.drift();
            } catch (MigrationException e) {
                log.warn("Structure of {}: it could not be compared. {}", migrator.database(), e.getMessage());
            }
        }
    }

    /** A connection that is closed under it ends it. */
    @Override
    public void stop() {
        comparing.interrupt();
    }

    @Override
    public boolean isRunning() {
        return comparing.isAlive();
    }
}
