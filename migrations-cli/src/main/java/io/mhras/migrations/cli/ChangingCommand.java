package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.Migrator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** A verb that changes the database: it shows what it is about to do, asks on a terminal, and does it. */
abstract class ChangingCommand extends DatabaseCommand {

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only show what would be done. Writes nothing at all, and takes no lock.")
    boolean dryRun;

    @Option(names = "--force", description = "Do not ask. Checks are made all the same.")
    boolean force;

    @Option(
            names = "--sql",
            description = "Do not run it: write the SQL for psql, as 'migrations script' does. TARGET may be FROM:TO.")
    boolean sql;

    /** What it does, as the question begins. */
    abstract String verb();

    abstract MigrationPlan plan(Migrator migrator);

    abstract MigrationResult change(Migrator migrator);

    /** Where the SQL for psql begins and ends. */
    abstract OfflineSql offline();

    @Override
    public final Integer call() {
        if (sql) {
            return offline().write(this);
        }
        Migrator migrator = migrator();
        if (dryRun) {
            answer(plan(migrator));
            return ExitCode.DONE.code();
        }
        if (!force && terminal().isInteractive() && !isWanted(plan(migrator))) {
            tell("Nothing was done.");
            return ExitCode.REFUSED.code();
        }
        return carryOut(migrator, this::change, this::answer);
    }

    private boolean isWanted(MigrationPlan plan) {
        if (plan.isEmpty()) {
            return true;
        }
        terminal().err().print(plan.describe());
        String answer = terminal().ask(verb() + " " + plan.steps().size() + "? [y/N]");
        return Set.of("y", "yes").contains(answer.toLowerCase(Locale.ROOT));
    }

    private void answer(MigrationPlan plan) {
        if (output.isJson()) {
            printJson(new PlanAnswer(
                    plan.database(), plan.steps().stream().map(Object::toString).toList(), plan.notes()));
        } else {
            print(plan.describe());
        }
    }

    private void answer(MigrationResult result) {
        if (output.isJson()) {
            printJson(result);
            return;
        }
        result.notes().forEach(note -> tell("note: " + note));
        if (!output.quiet) {
            println(
                    result.isUpToDate()
                            ? result.database() + ": nothing to do"
                            : result.database() + ": " + result.events().size() + " done in "
                                    + result.duration().toMillis() + " ms");
        }
    }

    /** What JSON says of a plan. */
    private record PlanAnswer(String database, List<String> steps, List<String> notes) {}
}
