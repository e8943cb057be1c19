package io.mhras.migrations.benchmarks.contestant;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.source.MigrationLoader;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;

/** Ours, made anew for each run, with the files in a jar that was given an index when it was built. */
final class IndexedMigrations implements Contestant.WithStatus {

    private final Task task;
    private final ClassLoader jar;

    IndexedMigrations(Task task) {
        this.task = task;
        try {
            // Stays open, as the class path of a service does.
            this.jar = new URLClassLoader(new URL[] {task.folder().toUri().toURL()}, null);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(task.folder().toString(), e);
        }
    }

    private Migrator migrator() {
        MigrationLoader loader =
                new MigrationLoader(List.of("classpath:db/migration"), DatabaseKind.POSTGRESQL, Map.of(), jar);
        return new Migrator(new PostgresDriver(task.dataSource(), PostgresSettings.DEFAULT), loader::load);
    }

    @Override
    public void migrate() {
        migrator().migrate(Target.HEAD);
    }

    @Override
    public void status() {
        migrator().status();
    }
}
