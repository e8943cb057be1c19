package io.mhras.migrations.cli;

import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrations clean}: drops everything that the migrations made. */
@Command(
        name = "clean",
        mixinStandardHelpOptions = true,
        description = {
            "Drop everything that the migrations made, and the history.",
            "Shows it, and asks for the database's name to be typed. What belongs to an extension is left."
        },
        footer = {
            "",
            "Example: migrations clean --dry-run",
            "         migrations clean --force clinic_test --then-apply"
        })
final class CleanCommand extends DatabaseCommand {

    @Option(names = "--force", paramLabel = "NAME", description = "The database's name: do not ask for it.")
    @Nullable String force;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only show what would be dropped.")
    boolean dryRun;

    @Option(names = "--then-apply", description = "Then apply all migrations.")
    boolean thenApply;

    /** One at a time: what is dropped twice by mistake is gone twice. */
    @Override
    List<Kind> kinds() {
        List<Kind> asked = database.kinds(terminal());
        if (asked.size() > 1) {
            throw new InvalidSettingException(
                    "Nothing was dropped: there are two databases, and clean drops one at a time.",
                    "Name it with --db-type postgresql or --db-type mongodb.");
        }
        return super.kinds();
    }

    @Override
    ExitCode callOn(Kind kind) {
        // What is not allowed, and what cannot be applied, is to be known before anything is gone.
        boolean isAllowed = settings().cleanEnabled();
        Migrator migrator = migrator(kind, new MigratorSettings(OutOfOrder.FAIL, isAllowed));
        if (thenApply) {
            migrator.migrations();
        }
        if (dryRun) {
            answer("would drop ", migrator.planClean());
            return ExitCode.DONE;
        }
        if (isAllowed && !isWanted(kind, migrator)) {
            return ExitCode.REFUSED;
        }
        answer("dropped ", migrator.clean());
        return thenApply
                ? carryOut(kind, migrator, one -> one.migrate(Target.HEAD), result -> {
                    result.notes().forEach(note -> tell("note: " + note));
                    tell("applied " + result.events().size());
                })
                : ExitCode.DONE;
    }

    private boolean isWanted(Kind kind, Migrator migrator) {
        String name = connection(kind).name();
        String typed = force;
        if (typed == null && terminal().isInteractive()) {
            migrator.planClean().forEach(object -> terminal().err().println("  drop " + object));
            typed = terminal().ask("All this in the database '" + name + "' will be lost. Type its name to go on:");
        }
        if (name.equals(typed)) {
            return true;
        }
        terminal()
                .err()
                .println(
                        typed == null
                                ? "Nothing was dropped: nobody was there to be asked. Where that is meant: --force "
                                        + name + "."
                                : "Nothing was dropped: '" + typed + "' is not the database's name, '" + name + "'.");
        return false;
    }

    private void answer(String verb, List<String> objects) {
        if (output.isJson()) {
            printJson(objects);
        } else if (!output.quiet) {
            objects.forEach(object -> println(verb + object));
        }
    }
}
