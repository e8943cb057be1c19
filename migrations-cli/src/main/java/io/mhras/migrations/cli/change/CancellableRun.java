package io.mhras.migrations.cli.change;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.Stopped;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.ScriptOutput.Level;
import io.mhras.migrations.cli.connection.Cancellation;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.OutputLines;
import io.mhras.migrations.cli.terminal.OutputRecord;
import io.mhras.migrations.cli.terminal.Progress;
import io.mhras.migrations.cli.terminal.RunRecord;
import io.mhras.migrations.engine.Migrator;
import java.util.EnumSet;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A change of a database by scripts: it shows how far it is, and {@code Ctrl-C} stops it. */
public record CancellableRun(Database database, Answer answer, Cancellation cancellation) {

    /** Makes the change, and answers with what it came to. */
    public ExitCode carryOut(
            Migrator migrator,
            Function<Migrator, MigrationResult> change,
            BiConsumer<MigrationResult, OutputRecord> print) {
        RunRecord record = new RunRecord();
        OutputRecord output = new OutputRecord();
        MigrationResult result;
        try (Cancellation.Run run = cancellation.begin(database.connection());
                Progress progress = progress()) {
            result = change.apply(migrator.with(run)
                    .with(record)
                    .with(outputLines())
                    .with(output)
                    .with(progress));
        } catch (Stopped e) {
            return cancelled(record, output);
        } catch (MigrationException e) {
            if (!cancellation.isCancelled()) {
                if (output.lines().isEmpty()) {
                    throw e;
                }
                answer.fail(String.valueOf(e.getMessage()), output);
                return ExitCode.of(e);
            }
            answer.terminal().err().println(e.problem() + "\n");
            return cancelled(record, output);
        }
        print.accept(result, output);
        return ExitCode.DONE;
    }

    private OutputLines outputLines() {
        return new OutputLines(
                answer.terminal(),
                answer.colours(),
                answer.isQuiet()
                        ? EnumSet.of(Level.WARNING)
                        : answer.isVerbose() ? EnumSet.allOf(Level.class) : EnumSet.of(Level.PRINTED, Level.WARNING));
    }

    private Progress progress() {
        return answer.isQuiet() ? Progress.none() : Progress.of(answer.terminal(), answer.colours());
    }

    private ExitCode cancelled(RunRecord record, OutputRecord output) {
        // The interruption has done its work, and closing a connection talks to the server once more.
        Thread.interrupted();
        answer.fail("Cancelled.\n" + record.describe(), output);
        return ExitCode.CANCELLED;
    }
}
