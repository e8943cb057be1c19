package io.mhras.migrations.benchmarks.contestant;

import org.flywaydb.core.Flyway;

/** Flyway with its defaults, made anew for each run. */
final class FlywayContestant implements Contestant.WithStatus {

    private final Task task;

    FlywayContestant(Task task) {
        this.task = task;
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(task.dataSource())
                .locations("filesystem:" + task.folder())
                .load();
    }

    @Override
    public void migrate() {
        flyway().migrate();
    }

    @Override
    public void status() {
        flyway().info().all();
    }
}
