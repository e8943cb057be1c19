package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.cli.author.FromSchemaOptions;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Table;
import io.mhras.migrations.cli.terminal.Wording;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code migrations check}: whether the database is at the head. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Say whether the database is at the head: exit code 0 if it is, 1 if not. For pipelines.",
            "It lists what is pending, what failed and what contradicts the history, a line each. 'validate' stops at the"
                    + " first kind of trouble, and explains it: what was changed in a file, and what to do.",
            "With --from-schema it says as well whether the migrations make that schema; then no database is needed but a server"
                    + " for scratch databases."
        },
        footer = {
            "",
            "Example: migrations check --quiet || migrations apply --force",
            "         migrations check --from-schema schema.sql --embedded"
        })
final class CheckCommand extends DatabaseVerb {

    @Mixin
    FromSchemaOptions fromSchema = new FromSchemaOptions();

    @Override
    ExitCode run(Invocation call) {
        if (!fromSchema.isGiven()) {
            return call.forEach(this::check);
        }
        return call.forOne("A schema is compared with the migrations of one database.", (database, answer) -> {
            ExitCode schema = new FromSchema(fromSchema, database, answer, call.cancellation()).check();
            // What they make does not need a database that they were applied to.
            return database.isConfigured() && !answer.isJson() ? schema.orWorse(check(database, answer)) : schema;
        });
    }

    private ExitCode check(Database database, Answer answer) {
        MigrationStatus status = database.migrator().status();
        List<Item> open = status.migrations().stream()
                .filter(item -> !item.state().isApplied() || item.state().isConflict())
                .toList();
        if (answer.isJson()) {
            answer.printJson(new Document(status.database(), status.summary().name(), open, status.problem()));
        } else if (!answer.isQuiet()) {
            answer.print(table(open, answer.terminal().width()));
            answer.println(status.database() + ": " + summary(status, open));
        }
        return open.isEmpty() && status.problem() == null ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String table(List<Item> open, int width) {
        if (open.isEmpty()) {
            return "";
        }
        Table table = new Table(width, "VERSION", "STATE", "DESCRIPTION");
        open.forEach(item -> table.add(item.version().toString(), Wording.words(item.state()), item.description()));
        return table + "\n";
    }

    private static String summary(MigrationStatus status, List<Item> open) {
        if (status.problem() != null) {
            return status.problem() + " 'migrations validate' explains";
        }
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

    /** The answer in JSON. */
    private record Document(
            String database,
            String state,
            List<Item> open,
            @Nullable String problem) {}
}
