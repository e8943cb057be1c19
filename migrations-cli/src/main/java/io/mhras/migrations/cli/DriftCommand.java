package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.Stopped;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.cli.connection.Cancellation;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.connection.PostgresConnection;
import io.mhras.migrations.cli.connection.ScratchWork;
import io.mhras.migrations.cli.drift.DriftAnswer;
import io.mhras.migrations.cli.drift.DriftText;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.SchemaOptions;
import io.mhras.migrations.cli.options.ScratchOptionGroup;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.schema.Drift;
import io.mhras.migrations.schema.report.DriftReport;
import io.mhras.migrations.schema.report.DriftScope;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code migrations drift}: what the database has that its migrations do not make, and the other way round. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        description = {
            "Compare a PostgreSQL database with what its applied migrations make on a scratch database: what was changed by hand,"
                    + " with the likely cause, and the SQL that takes each side to the other.",
            "The database is only read. Exit code 1 if something differs."
        },
        footer = {
            "",
            "Example: migrations drift",
            "         migrations drift --embedded --server-dir /usr/lib/postgresql/18/bin",
            "         migrations drift --schema-file schema.sql --from 020"
        })
final class DriftCommand extends DatabaseVerb {

    @Mixin
    SchemaOptions schema = new SchemaOptions();

    @Mixin
    ScratchOptionGroup scratch = new ScratchOptionGroup();

    @Option(
            names = "--from",
            paramLabel = "VERSION",
            description =
                    "The newest migration that is in the schema of --schema-file; only what was applied after it runs.")
    @Nullable String from;

    @Option(
            names = "--schema-file",
            paramLabel = "FILE",
            description = "The schema to begin with, as 'pg_dump --schema-only' writes it: for a database whose first"
                    + " migrations are no longer known.")
    @Nullable Path schemaFile;

    @Override
    ExitCode run(Invocation call) {
        if ((from == null) != (schemaFile == null)) {
            throw new InvalidSettingException(
                    "--from and --schema-file go together: the version, and the schema at it.",
                    "Give both, or neither.");
        }
        if (schemaFile != null && !Files.isReadable(schemaFile)) {
            throw new InvalidSettingException(schemaFile + " cannot be read.", "Correct --schema-file.");
        }
        return call.forOne(
                "Drift is looked for in one database.",
                (database, answer) -> compare(database, answer, call.cancellation()));
    }

    private ExitCode compare(Database database, Answer answer, Cancellation cancellation) {
        if (!(database.connection() instanceof PostgresConnection postgres)) {
            throw new InvalidSettingException(
                    "Drift is looked for in a PostgreSQL database.",
                    "Give it with --url postgresql://user@host/database.");
        }
        MigrationSet files = database.loadIfAny();
        DriftScope.Start start = schemaFile == null || from == null
                ? null
                : new DriftScope.Start(
                        schemaFile, database.migrator().migrations().resolve(from));
        DriftScope scope = new DriftScope(schema.filter(database.settings()), schema.rights, start);
        // The engine reports why there is no connection.
        postgres.driver().newest();
        ScratchWork work = database.scratch(scratch);
        DriftReport report;
        try (Cancellation.Run run = cancellation.begin(work.connection())) {
            report = new Drift(postgres.dataSource(), work.postgres(), work.options()).compare(files, scope, run);
        } catch (Stopped e) {
            return cancelled(answer);
        } catch (MigrationException e) {
            if (!cancellation.isCancelled()) {
                throw e;
            }
            return cancelled(answer);
        }
        if (answer.isJson()) {
            answer.printJson(DriftAnswer.of(report));
        } else {
            report.notes().forEach(note -> answer.tell("note: " + note));
            if (report.differs() || !answer.isQuiet()) {
                answer.print(new DriftText(report).toString());
            }
        }
        return report.differs() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static ExitCode cancelled(Answer answer) {
        answer.fail("Cancelled. The database was only read, and the scratch database is gone.");
        return ExitCode.CANCELLED;
    }
}
