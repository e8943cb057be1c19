package io.mhras.migrations.schema.author;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.DiffOptions.Drops;
import io.mhras.migrations.schema.PostgresServer;
import io.mhras.migrations.schema.SchemaChanges;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.diff.Planner;
import io.mhras.migrations.schema.rehearsal.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A database in use, whose schema new files begin with. It need not be what the migrations make.
 *
 * @param server with it
 * @param setting how it is migrated and read
 */
record LiveStart(PostgresServer server, Stage.Setting setting) {

    /** @throws Refused if files that are there have not been applied: what they make would be written once more */
    SchemaSnapshot snapshot(MigrationSet files) {
        MigrationStatus status = new Migrator(
                        setting.drivers().on(server.named(), setting.postgres(), null), () -> files)
                .with(setting.engine())
                .status();
        List<String> open = status.migrations().stream()
                .filter(migration -> !migration.state().isApplied())
                .map(migration -> migration.version().toString())
                .toList();
        if (!open.isEmpty()) {
            throw new Refused(
                    "The database is behind the files: " + String.join(", ", open)
                            + (open.size() == 1 ? " is" : " are")
                            + " not applied there, so that a new file would have in it what an older one does already.",
                    "Bring it to the head first, with 'migrations apply'; or begin with what the migrations make.");
        }
        return setting.reader().read(server.named());
    }

    /**
     * Makes its schema on a scratch database, on which all files then count as applied.
     *
     * @param there what it has
     * @throws Refused if that cannot be done
     */
    void make(SchemaSnapshot there, MigrationSet files, Stage stage) {
        stage.apply(files.migrations());
        SchemaPlan plan = Planner.plan(
                stage.snapshot(),
                there,
                DiffOptions.DEFAULT.with(Drops.ALL).offline().withoutQuestions(),
                stage.setting().reload().apply(stage.database().dataSource()));
        run(stage, plan);
        List<SchemaDifference> left = stage.differencesFrom(there.byId());
        if (!left.isEmpty()) {
            throw new Refused(
                    "The schema of the database cannot be made on a scratch database:\n  "
                            + String.join("\n  ", new SchemaChanges(left).lines()),
                    "Begin with what the migrations make, without the live database; or leave these objects out.");
        }
    }

    private static void run(Stage stage, SchemaPlan plan) {
        try (Connection connection = stage.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET check_function_bodies = off");
            for (SchemaPlan.Statement each : plan.statements().toList()) {
                statement.execute(each.sql());
            }
        } catch (SQLException e) {
            throw new Refused(
                    "The schema of the database cannot be made on a scratch database: " + e.getMessage(),
                    "Begin with what the migrations make, without the live database; or leave the objects out.");
        }
    }
}
