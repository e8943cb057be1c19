package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code migrations status}: where the database stands. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show where the database stands: each migration and its state.",
        footer = {"", "Example: migrations status --url postgresql://clinic@localhost/clinic -l db/migration"})
final class StatusCommand extends DatabaseCommand {

    @Override
    ExitCode callOn(Kind kind) {
        Migrator migrator = migrator(kind);
        MigrationStatus status = migrator.status();
        Optional<MigrationActivity> activity = migrator.activity();
        if (output.isJson()) {
            printJson(new Answer(status, activity.orElse(null)));
        } else {
            table(status);
            activity.ifPresent(running -> println("\nRunning: " + MigrationPrinter.activity(running)));
        }
        return ExitCode.DONE;
    }

    /** What JSON says. */
    private record Answer(
            String database,
            String state,
            List<String> current,
            List<String> heads,
            List<Item> migrations,
            @Nullable MigrationActivity running) {

        Answer(MigrationStatus status, @Nullable MigrationActivity running) {
            this(
                    status.database(),
                    status.summary().name(),
                    status.current().stream().map(Object::toString).toList(),
                    status.heads().stream().map(Object::toString).toList(),
                    status.migrations(),
                    running);
        }
    }

    private void table(MigrationStatus status) {
        Table table = new Table(terminal().width(), "VERSION", "STATE", "APPLIED", "DESCRIPTION");
        for (Item item : status.migrations()) {
            table.add(
                    item.version().toString(),
                    OutputOptions.words(item.state()),
                    OutputOptions.time(item.appliedAt()),
                    description(item));
        }
        for (Table.Line line : table.lines()) {
            String style = line.row() == 0
                    ? "bold"
                    : style(status.migrations().get(line.row() - 1).state());
            println(output.styled(terminal(), style, line.text()));
        }
        println("\n" + status.database() + ": " + summary(status));
    }

    private String description(Item item) {
        String error = item.error() == null ? "" : ": " + Report.summary(item.error());
        String applied =
                item.duration() == null ? "" : ", " + item.duration().toMillis() + " ms, by " + item.appliedBy();
        return output.verbose
                ? item.description() + " (" + item.script() + ", "
                        + item.checksum().substring(0, 12) + applied + ")" + error
                : item.description() + error;
    }

    private static String style(MigrationState state) {
        return switch (state) {
            case APPLIED, STAMPED, REFORMATTED -> "fg(green)";
            case PENDING, ROLLED_BACK, RUNNING, ARCHIVED, AHEAD -> "fg(yellow)";
            case FAILED, CHANGED, MISSING, OUT_OF_ORDER -> "fg(red)";
        };
    }

    private static String summary(MigrationStatus status) {
        return switch (status.summary()) {
            case UP_TO_DATE -> "up to date";
            case AHEAD -> "up to date; a newer release has applied more";
            case PENDING -> status.pending() + " to apply";
            case FAILED -> "a migration failed; 'migrations apply' tries again";
            case CONFLICT -> "files and history contradict each other; 'migrations validate' explains";
        };
    }
}
