package io.mhras.migrations.benchmarks.contestant;

import java.sql.Connection;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.UpdateSummaryEnum;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;

/** Liquibase with its defaults, called as Spring Boot calls it, but without the summary that it prints. */
final class LiquibaseContestant implements Contestant.WithStatus {

    private final Task task;

    LiquibaseContestant(Task task) {
        this.task = task;
    }

    @Override
    public void migrate() throws Exception {
        run(liquibase -> liquibase.update(new Contexts(), new LabelExpression()));
    }

    @Override
    public void status() throws Exception {
        run(liquibase -> liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()));
    }

    private interface Work {
        void on(Liquibase liquibase) throws Exception;
    }

    @SuppressWarnings("try") // Closing a folder waits for nothing.
    private void run(Work work) throws Exception {
        try (Connection connection = task.dataSource().getConnection();
                DirectoryResourceAccessor files = new DirectoryResourceAccessor(task.folder())) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            try (Liquibase liquibase = new Liquibase("db.changelog-master.yaml", files, database)) {
                liquibase.setShowSummary(UpdateSummaryEnum.OFF);
                work.on(liquibase);
            }
        }
    }
}
