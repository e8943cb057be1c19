package io.mhras.migrations.cli.change;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.options.DryRunOptions;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.report.Turns;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.engine.Migrator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes a planned change in databases: with several, all of them are planned before the first is changed. */
public record ChangeRun(PlannedChange change, DryRunOptions options, Turns turns) {

    /** Makes it; or only shows it. */
    public ExitCode run(List<Database> databases) {
        if (options.dryRun) {
            return turns.forEach(databases, (database, answer) -> change.show(change.migrator(database), answer));
        }
        return databases.size() == 1 ? makeIn(databases.get(0)) : makeInAll(databases);
    }

    private ExitCode makeIn(Database database) {
        Answer answer = turns.answer();
        Migrator migrator = change.migrator(database);
        return change.mustAsk(answer) && !change.isWanted(List.of(change.plan(migrator)), answer)
                ? refused(answer)
                : change.make(database, migrator, answer);
    }

    private ExitCode makeInAll(List<Database> databases) {
        Answer answer = turns.answer();
        Map<Database, Migrator> migrators = new LinkedHashMap<>();
        List<MigrationPlan> plans = new ArrayList<>();
        try {
            plan(databases, migrators, plans);
        } catch (MigrationException e) {
            answer.tell("Neither database was changed.");
            throw e;
        }
        if (change.mustAsk(answer) && !change.isWanted(plans, answer)) {
            return refused(answer);
        }
        return turns.untilFailure(
                List.copyOf(migrators.keySet()),
                (database, part) -> change.make(database, Objects.requireNonNull(migrators.get(database)), part));
    }

    private void plan(List<Database> databases, Map<Database, Migrator> migrators, List<MigrationPlan> plans) {
        Map<Database, InvalidTarget> strange = new LinkedHashMap<>();
        for (Database database : databases) {
            Migrator migrator = change.migrator(database);
            try {
                plans.add(change.plan(migrator));
                migrators.put(database, migrator);
            } catch (InvalidTarget e) {
                if (change.targets(migrator).stream().noneMatch(target -> isOfTheOther(target, migrator))) {
                    throw e;
                }
                strange.put(database, e);
            }
        }
        turns.leaveOut(strange, databases.size());
    }

    /** Whether a target means nothing here, and may mean something in another database. */
    private static boolean isOfTheOther(Target target, Migrator migrator) {
        return target instanceof Target.Version version
                ? migrator.status().migrations().stream()
                        .map(item -> item.version().toString())
                        .noneMatch(known -> known.startsWith(version.text()) || isSame(known, version.text()))
                : target instanceof Target.Forward || target instanceof Target.Back;
    }

    private static boolean isSame(String known, String text) {
        return MigrationVersion.isValid(known) && MigrationVersion.of(known).equals(MigrationVersion.of(text));
    }

    private static ExitCode refused(Answer answer) {
        answer.refuse("Nothing was done.");
        return ExitCode.REFUSED;
    }
}
