package io.mhras.migrations.cli;

import io.mhras.migrations.Target;
import io.mhras.migrations.cli.change.CancellableRun;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Terminal;
import io.mhras.migrations.engine.Migrator;
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
final class CleanCommand extends DatabaseVerb {

    @Option(names = "--force", paramLabel = "NAME", description = "The database's name: do not ask for it.")
    @Nullable String force;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only show what would be dropped.")
    boolean dryRun;

    @Option(names = "--then-apply", description = "Then apply all migrations.")
    boolean thenApply;

    @Override
    ExitCode run(Invocation call) {
        // A mistake must not drop two databases.
        return call.forOne(
                "Nothing was dropped: there are two databases, and clean drops one at a time.",
                (database, answer) -> clean(database, answer, call));
    }

    private ExitCode clean(Database database, Answer answer, Invocation call) {
        // What is not allowed, and what cannot be applied, is to be known before anything is gone.
        boolean isAllowed = call.databases().settings().cleanEnabled();
        Migrator migrator = database.migratorThatCleans(isAllowed);
        if (thenApply) {
            migrator.migrations();
        }
        if (dryRun) {
            print(answer, "would drop ", migrator.planClean());
            return ExitCode.DONE;
        }
        if (isAllowed && !isWanted(database, migrator, answer)) {
            return ExitCode.REFUSED;
        }
        print(answer, "dropped ", migrator.clean());
        return thenApply
                ? new CancellableRun(database, answer, call.cancellation())
                        .carryOut(migrator, one -> one.migrate(Target.HEAD), (result, output) -> {
                            result.notes().forEach(note -> answer.tell("note: " + note));
                            answer.tell("applied " + result.events().size());
                        })
                : ExitCode.DONE;
    }

    private boolean isWanted(Database database, Migrator migrator, Answer answer) {
        Terminal terminal = answer.terminal();
        String name = database.connection().name();
        String typed = force;
        if (typed == null && terminal.isInteractive()) {
            migrator.planClean().forEach(object -> terminal.err().println("  drop " + object));
            typed = terminal.ask("All this in the database '" + name + "' will be lost. Type its name to go on:");
        }
        if (name.equals(typed)) {
            return true;
        }
        answer.fail(
                typed == null
                        ? "Nothing was dropped: there is no terminal to ask at. If that is what you want: --force "
                                + name + "."
                        : "Nothing was dropped: '" + typed + "' is not the database's name, '" + name + "'.");
        return false;
    }

    private static void print(Answer answer, String verb, List<String> objects) {
        if (answer.isJson()) {
            answer.printJson(objects);
        } else if (!answer.isQuiet()) {
            objects.forEach(object -> answer.println(verb + object));
        }
    }
}
