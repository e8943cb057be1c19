package io.mhras.migrations.benchmarks.contestant;

import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;

/** Ours, with one Migrator that lives on as the bean of a running service does: it reads the files once. */
final class KeptMigrator implements Contestant.WithStatus {

    private final Migrator migrator;

    KeptMigrator(Task task) {
        this.migrator = MhrasMigrations.migrator(task);
    }

    @Override
    public void migrate() {
        migrator.migrate(Target.HEAD);
    }

    @Override
    public void status() {
        migrator.status();
    }
}
