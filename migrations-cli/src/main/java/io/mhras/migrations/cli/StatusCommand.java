package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Table;
import io.mhras.migrations.cli.terminal.Wording;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code migrations status}: where the database stands. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show where the database stands: each migration and its state.",
        footer = {"", "Example: migrations status --url postgresql://clinic@localhost/clinic -l db/migration"})
final class StatusCommand extends DatabaseVerb {

    @Override
    ExitCode run(Invocation call) {
        return call.forEach(this::status);
    }

    private ExitCode status(Database database, Answer answer) {
        Migrator migrator = database.migrator();
        MigrationStatus status = migrator.status();
        Optional<MigrationActivity> activity = migrator.activity();
        if (answer.isJson()) {
            answer.printJson(new Document(status, activity.orElse(null)));
        } else {
            table(status, answer);
            activity.ifPresent(running -> answer.println("\nRunning: " + MigrationPrinter.activity(running)));
        }
        return ExitCode.DONE;
    }

    /** The answer in JSON. */
    private record Document(
            String database,
            String state,
            List<String> current,
            List<String> heads,
            List<Item> migrations,
            @Nullable String problem,
            @Nullable MigrationActivity running) {

        Document(MigrationStatus status, @Nullable MigrationActivity running) {
            this(
                    status.database(),
                    status.summary().name(),
                    status.current().stream().map(Object::toString).toList(),
                    status.heads().stream().map(Object::toString).toList(),
                    status.migrations(),
                    status.problem(),
                    running);
        }
    }

    private static void table(MigrationStatus status, Answer answer) {
        Table table = new Table(answer.terminal().width(), "VERSION", "STATE", "APPLIED", "DESCRIPTION");
        for (Item item : status.migrations()) {
            table.add(
                    item.version().toString(),
                    Wording.words(item.state()),
                    Wording.time(item.appliedAt()),
                    description(item, answer.isVerbose()));
        }
        for (Table.Line line : table.lines()) {
            String style = line.row() == 0
                    ? "bold"
                    : style(status.migrations().get(line.row() - 1).state());
            answer.println(style, line.text());
        }
        answer.println("\n" + status.database() + ": " + summary(status));
        status.migrations().stream()
                .filter(item -> item.remedy() != null)
                .forEach(item -> answer.println(item.script() + ": " + item.remedy()));
    }

    private static String description(Item item, boolean isVerbose) {
        String error = item.error() == null ? "" : ": " + Wording.summary(item.error());
        String applied =
                item.duration() == null ? "" : ", " + item.duration().toMillis() + " ms, by " + item.appliedBy();
        return isVerbose
                ? item.description() + " (" + item.script() + ", " + Wording.brief(item.checksum()) + applied + ")"
                        + error
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
            case FAILED ->
                status.migrations().stream().allMatch(item -> item.remedy() == null)
                        ? "a migration failed; 'migrations apply' tries again"
                        : "a migration stopped; 'migrations repair' comes first";
            case CONFLICT ->
                Objects.requireNonNullElse(status.problem(), "files and history contradict each other;")
                        + " 'migrations validate' explains";
        };
    }
}
