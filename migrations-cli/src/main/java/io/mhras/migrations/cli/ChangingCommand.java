package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Migrator;
import io.mhras.migrations.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.Option;

/** A verb that changes the database: it shows what it is about to do, asks on a terminal, and does it. */
abstract class ChangingCommand extends DatabaseCommand {

    @Option(
            names = {"-n", "--dry-run"},
            description =
                    "Only show what would be done; with --verbose each statement. Writes nothing at all, and takes no"
                            + " lock.")
    boolean dryRun;

    @Option(names = "--force", description = "Do not ask. Checks are made all the same.")
    boolean force;

    @Option(
            names = "--sql",
            description = "Do not run it: write the SQL for psql, as 'migrations script' does. TARGET may be FROM:TO.")
    boolean sql;

    /** What it does, as the question begins. */
    abstract String verb();

    abstract Target target();

    abstract MigrationPlan plan(Migrator migrator);

    abstract MigrationResult change(Migrator migrator);

    /** Where the SQL for psql begins and ends. */
    abstract OfflineSql offline();

    @Override
    List<Kind> kinds() {
        return sql ? OfflineSql.kinds(this) : super.kinds();
    }

    @Override
    final ExitCode callOn(Kind kind) {
        if (sql) {
            return offline().write(this);
        }
        Migrator migrator = migrator(kind);
        if (dryRun) {
            return answer(migrator.preview(plan(migrator)));
        }
        if (mustAsk() && !isWanted(List.of(plan(migrator)))) {
            tell("Nothing was done.");
            return ExitCode.REFUSED;
        }
        return carryOut(kind, migrator, this::change, this::answer);
    }

    /** What is wrong with any of them is to be known before one is changed, and there is one question. */
    @Override
    final ExitCode callOnAll(List<Kind> kinds) {
        if (dryRun) {
            return super.callOnAll(kinds);
        }
        Map<Kind, Migrator> migrators = new EnumMap<>(Kind.class);
        List<MigrationPlan> plans = new ArrayList<>();
        InvalidTarget unknown = null;
        for (Kind kind : kinds) {
            Migrator migrator = migrator(kind);
            try {
                plans.add(plan(migrator));
                migrators.put(kind, migrator);
            } catch (InvalidTarget e) {
                if (!isOfTheOther(target(), migrator)) {
                    throw e;
                }
                unknown = e;
                tell(Turns.note(kind, e));
            }
        }
        if (unknown != null && migrators.isEmpty()) {
            throw unknown;
        }
        if (mustAsk() && !isWanted(plans)) {
            tell("Nothing was done.");
            return ExitCode.REFUSED;
        }
        return turns(List.copyOf(migrators.keySet())).untilFailure(kind -> {
            tell("");
            return carryOut(kind, Objects.requireNonNull(migrators.get(kind)), this::change, this::answer);
        });
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

    private boolean mustAsk() {
        return !force && terminal().isInteractive();
    }

    private boolean isWanted(List<MigrationPlan> plans) {
        int steps = plans.stream().mapToInt(plan -> plan.steps().size()).sum();
        if (steps == 0) {
            return true;
        }
        plans.forEach(plan -> terminal().err().print(plan.describe()));
        String answer = terminal().ask(verb() + " " + steps + "? [y/N]");
        return Set.of("y", "yes").contains(answer.toLowerCase(Locale.ROOT));
    }

    private ExitCode answer(MigrationPreview preview) {
        if (output.isJson()) {
            printJson(PreviewAnswer.of(preview));
        } else {
            print(output.verbose ? preview.describe() : preview.summary());
        }
        return preview.isSureToFail() ? ExitCode.FAILED : ExitCode.DONE;
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
}
