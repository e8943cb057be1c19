package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationStatus.Item;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code migrations check}: whether the database is at the head. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Say whether the database is at the head: exit code 0 if it is, 1 if not. For pipelines.",
            "It lists what is pending, what failed and what contradicts the history, a line each. 'validate' stops at the"
                    + " first kind of trouble, and explains it: what was changed in a file, and what to do."
        },
        footer = {"", "Example: migrations check --quiet || migrations apply --force"})
final class CheckCommand extends DatabaseCommand {

    @Override
    ExitCode callOn(Kind kind) {
        MigrationStatus status = migrator(kind).status();
        List<Item> open = status.migrations().stream()
                .filter(item -> !item.state().isApplied() || item.state().isConflict())
                .toList();
        if (output.isJson()) {
            printJson(new Answer(status.database(), status.summary().name(), open));
        } else if (!output.quiet) {
            print(table(open));
            println(status.database() + ": " + summary(status, open));
        }
        return open.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private String table(List<Item> open) {
        if (open.isEmpty()) {
            return "";
        }
        Table table = new Table(terminal().width(), "VERSION", "STATE", "DESCRIPTION");
        open.forEach(
                item -> table.add(item.version().toString(), OutputOptions.words(item.state()), item.description()));
        return table + "\n";
    }

    private static String summary(MigrationStatus status, List<Item> open) {
        if (!open.isEmpty()) {
            return open.size() + " of " + status.migrations().size() + " stand in the way of the head; "
                    + (status.summary() == MigrationStatus.Summary.CONFLICT
                            ? "'migrations validate' explains"
                            : "'migrations apply' applies them");
        }
        return status.summary() == MigrationStatus.Summary.AHEAD
                ? "at the head; a newer release has applied more"
                : "at the head";
    }

    /** What JSON says. */
    private record Answer(String database, String state, List<Item> open) {}
}
