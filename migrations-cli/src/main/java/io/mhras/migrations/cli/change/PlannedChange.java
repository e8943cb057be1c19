package io.mhras.migrations.cli.change;

import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.Target;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.engine.Migrator;
import java.util.List;

/** A change of databases that can be shown before it is made. */
public interface PlannedChange {

    /** What plans and makes it in a database. */
    default Migrator migrator(Database database) {
        return database.migrator();
    }

    /** Which versions it is about; the files of another database may know none of them. */
    List<Target> targets(Migrator migrator);

    MigrationPlan plan(Migrator migrator);

    /** Shows what would be done. */
    default ExitCode show(Migrator migrator, Answer answer) {
        MigrationPlan plan = plan(migrator);
        if (answer.isJson()) {
            answer.printJson(new PlanDocument(
                    plan.database(), plan.steps().stream().map(Object::toString).toList(), plan.notes()));
        } else {
            answer.print(MigrationPrinter.plan(plan));
        }
        return ExitCode.DONE;
    }

    /** A plan in JSON. */
    record PlanDocument(String database, List<String> steps, List<String> notes) {}

    /** Whether it has to be confirmed first. */
    default boolean mustAsk(Answer answer) {
        return false;
    }

    /** Asks. */
    default boolean isWanted(List<MigrationPlan> plans, Answer answer) {
        return true;
    }

    /** Does what was planned. */
    ExitCode make(Database database, Migrator migrator, Answer answer);
}
