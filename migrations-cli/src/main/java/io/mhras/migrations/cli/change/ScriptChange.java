package io.mhras.migrations.cli.change;

import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.Target;
import io.mhras.migrations.cli.connection.Cancellation;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.connection.Databases;
import io.mhras.migrations.cli.options.ChangeOptions;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.report.PreviewAnswer;
import io.mhras.migrations.cli.report.Turns;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Wording;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
import java.util.function.Function;

/**
 * A change by scripts, up to a target: it shows what it is about to do, asks on a terminal, and does it.
 *
 * @param target up to where, in the database of that name
 * @param migrators what makes it in a database
 */
public record ScriptChange(
        Direction direction,
        Function<String, String> target,
        Function<Database, Migrator> migrators,
        ChangeOptions options,
        Cancellation cancellation)
        implements PlannedChange {

    /** Makes it, shows it, or writes it as SQL for others to run, as the options say. */
    public ExitCode run(Databases databases, Turns turns) {
        if (!options.sql) {
            return new ChangeRun(this, options.dryRun, turns).run(databases.usual());
        }
        Database one = databases.forScripts();
        return OfflineSql.parse(direction, target.apply(one.kind().toString())).write(one, turns.answer());
    }

    @Override
    public Migrator migrator(Database database) {
        return migrators.apply(database);
    }

    private Target target(Migrator migrator) {
        return Target.parse(target.apply(migrator.database()));
    }

    @Override
    public List<Target> targets(Migrator migrator) {
        return List.of(target(migrator));
    }

    @Override
    public MigrationPlan plan(Migrator migrator) {
        return direction.plan(migrator, target(migrator));
    }

    /** What the scripts would do, too. */
    @Override
    public ExitCode show(Migrator migrator, Answer answer) {
        MigrationPreview preview = migrator.preview(plan(migrator));
        if (answer.isJson()) {
            answer.printJson(PreviewAnswer.of(preview));
        } else {
            answer.print(answer.isVerbose() ? MigrationPrinter.statements(preview) : MigrationPrinter.summary(preview));
        }
        return preview.isSureToFail() ? ExitCode.FAILED : ExitCode.DONE;
    }

    @Override
    public boolean mustAsk(Answer answer) {
        return !options.force && answer.terminal().isInteractive();
    }

    @Override
    public boolean isWanted(List<MigrationPlan> plans, Answer answer) {
        int steps = plans.stream().mapToInt(plan -> plan.steps().size()).sum();
        if (steps == 0) {
            return true;
        }
        plans.forEach(plan -> answer.terminal().err().print(MigrationPrinter.plan(plan)));
        return answer.terminal().agrees(direction.verb() + " " + steps + "? [y/N]");
    }

    @Override
    public ExitCode make(Database database, Migrator migrator, Answer answer) {
        answer.tellTurn();
        return new CancellableRun(database, answer, cancellation)
                .carryOut(
                        migrator,
                        one -> direction.run(one, target(one)),
                        (result, output) -> answer.print(result, output, inWords(result)));
    }

    private static String inWords(MigrationResult result) {
        return result.isUpToDate()
                ? "nothing to do"
                : result.events().size() + " done in " + Wording.milliseconds(result.duration());
    }
}
