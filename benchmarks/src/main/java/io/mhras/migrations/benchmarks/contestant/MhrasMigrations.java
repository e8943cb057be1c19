package io.mhras.migrations.benchmarks.contestant;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.source.MigrationLoader;
import java.util.List;
import java.util.Map;

/** Ours, made anew for each run: it finds, reads and hashes all files, as a service that starts does. */
final class MhrasMigrations implements Contestant.WithStatus {

    private final Task task;

    MhrasMigrations(Task task) {
        this.task = task;
    }

    static Migrator migrator(Task task) {
        ClassLoader classLoader = MhrasMigrations.class.getClassLoader();
        MigrationLoader loader = new MigrationLoader(
                List.of("filesystem:" + task.folder()), DatabaseKind.POSTGRESQL, Map.of(), classLoader);
        return new Migrator(new PostgresDriver(task.dataSource(), PostgresSettings.DEFAULT), loader::load);
    }

    @Override
    public void migrate() {
        migrator(task).migrate(Target.HEAD);
    }

    @Override
    public void status() {
        migrator(task).status();
    }
}
