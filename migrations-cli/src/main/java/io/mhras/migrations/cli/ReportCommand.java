package io.mhras.migrations.cli;

import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.options.OutputOptions;
import io.mhras.migrations.cli.options.OutputOptions.Format;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.report.HtmlReport;
import io.mhras.migrations.cli.report.JUnitReport;
import io.mhras.migrations.cli.report.Json;
import io.mhras.migrations.cli.report.OutputFile;
import io.mhras.migrations.cli.report.Report;
import io.mhras.migrations.cli.report.Reports;
import io.mhras.migrations.cli.report.TextReport;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.engine.Migrator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code migrations report}: everything about a database, for people, programs and pipelines. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        modelTransformer = ReportCommand.MoreFormats.class,
        description = {
            "Report on all migrations, how long they took, what failed, and how the database is: sizes of tables and indexes,"
                    + " indexes that are invalid, unused or missing, dead rows, connections.",
            "It writes nothing to the database, and waits for no lock."
        },
        footer = {
            "",
            "Example: migrations report",
            "         migrations report --format html --output report.html",
            "         migrations report --format junit --output target/TEST-migrations.xml"
        })
final class ReportCommand extends DatabaseVerb {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write it into this file instead of standard output; a file that is there is replaced.")
    @Nullable Path file;

    @Override
    ExitCode run(Invocation call) {
        List<Database> databases = call.databases().usual();
        Answer whole = call.turns().answer();
        if (databases.size() == 1) {
            Report report = report(databases.get(0));
            write(new Reports(report.at(), List.of(report), Map.of()), report, whole);
            return ExitCode.DONE;
        }
        return call.turns()
                .forEach(
                        databases,
                        (database, answer) -> {
                            answer.printJson(report(database));
                            return ExitCode.DONE;
                        },
                        answers -> write(Reports.of(Instant.now(), answers), answers, whole));
    }

    private static Report report(Database database) {
        Migrator migrator = database.migrator();
        return Report.of(
                Instant.now(),
                migrator.status(),
                migrator.history(),
                migrator.health().orElse(null));
    }

    private void write(Reports reports, Object json, Answer answer) {
        String text = switch (options.output.format) {
            case TEXT ->
                new TextReport(reports, file == null ? answer.terminal().width() : Integer.MAX_VALUE).toString();
            case JSON -> Json.of(json) + "\n";
            case HTML -> new HtmlReport(reports).toString();
            case JUNIT -> new JUnitReport(reports).toString();
            case SQL -> throw new IllegalStateException("A report is no SQL.");
        };
        if (file == null) {
            answer.print(text);
        } else {
            new OutputFile(file, "--output").write(text);
            answer.tell("Wrote " + file + ".");
        }
    }

    /** This verb answers in more formats than the others. */
    static final class MoreFormats implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec spec) {
            return OutputOptions.withFormats(spec, Format.TEXT, Format.JSON, Format.HTML, Format.JUNIT);
        }
    }
}
