package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.cli.author.PlanAnswer;
import io.mhras.migrations.cli.author.PlanOptions;
import io.mhras.migrations.cli.author.PlanText;
import io.mhras.migrations.cli.author.RenameAnswers;
import io.mhras.migrations.cli.connection.Cancellation;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.connection.HiddenPassword;
import io.mhras.migrations.cli.connection.PostgresConnection;
import io.mhras.migrations.cli.connection.ScratchWork;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.PatternOptions;
import io.mhras.migrations.cli.options.ScratchOptionGroup;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.schema.MigrationAuthor;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaSource;
import io.mhras.migrations.schema.WantedSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrations diff}: what takes one schema to another. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Compare two schemas of PostgreSQL, and write the SQL that takes the first to the second. Each is a database's URL, a"
                    + " file or folder with SQL that makes it, a version of the migrations (003, head), or 'migrations' for all"
                    + " of them.",
            "Databases are only read; everything else is made on scratch databases. Exit code 1 if the two differ."
        },
        footer = {
            "",
            "Example: migrations diff migrations schema.sql --embedded",
            "         migrations diff 003 head --on postgresql://localhost/postgres",
            "         migrations diff postgresql://localhost/staging postgresql://localhost/production --sql"
        })
final class DiffCommand extends DatabaseVerb {

    private static final String MIGRATIONS = "migrations";

    @Mixin
    PlanOptions plan = new PlanOptions();

    @Mixin
    ScratchOptionGroup scratch = new ScratchOptionGroup();

    @Mixin
    PatternOptions patterns = new PatternOptions();

    @Parameters(index = "0", paramLabel = "FROM", description = "The schema to begin with.")
    String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "The schema to come to.")
    String to = "";

    @Option(names = "--sql", description = "Nothing but the SQL.")
    boolean isSql;

    @Override
    ExitCode run(Invocation call) {
        return call.forOne(
                "Two schemas of one kind of database are compared.",
                (database, answer) -> compare(database, answer, call.cancellation()));
    }

    private ExitCode compare(Database database, Answer answer, Cancellation cancellation) {
        ScratchWork work = database.scratchAnywhere(scratch);
        SchemaSource first = source(from, database, work);
        SchemaSource second = source(to, database, work);
        RenameAnswers renames = new RenameAnswers(plan, null);
        SchemaPlan found;
        try (Cancellation.Run run = cancellation.begin(work.connection())) {
            Objects.requireNonNull(run);
            found = new MigrationAuthor(
                            work.real(),
                            work.options(),
                            work.postgres(),
                            work.engine(),
                            patterns.filter(database.settings()))
                    .diff(first, second, plan.options(), renames);
        } catch (MigrationException e) {
            if (!cancellation.isCancelled()) {
                throw e;
            }
            answer.fail("Cancelled.");
            return ExitCode.CANCELLED;
        }
        renames.requireAllUsed();
        print(found, first, second, answer);
        return found.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private SchemaSource source(String name, Database database, ScratchWork work) {
        if (name.contains("://")) {
            return new SchemaSource.Live(
                    HiddenPassword.in(name), ((PostgresConnection) work.connection()).server(name));
        }
        Path path = Path.of(name);
        if (Files.exists(path)) {
            return new SchemaSource.Scripts(WantedSchema.in(path));
        }
        if (name.endsWith(".sql")) {
            throw new InvalidSettingException(
                    name + " is not there.",
                    "Give a URL, a file, a folder, a version of the migrations, or 'migrations' for all of them.");
        }
        MigrationSet set = database.load();
        return name.equals(MIGRATIONS) || name.equals("head")
                ? new SchemaSource.Migrations("the migrations", set)
                : new SchemaSource.Migrations(
                        "the migrations up to " + name, MigrationSet.of(set.pathTo(set.resolve(name))));
    }

    private void print(SchemaPlan found, SchemaSource first, SchemaSource second, Answer answer) {
        PlanText text = new PlanText(found);
        if (answer.isJson()) {
            answer.printJson(PlanAnswer.of(found, null, RenameAnswers.unanswered(found.questions())));
        } else if (isSql) {
            answer.print(text.sql());
            found.heldBack()
                    .forEach(held -> answer.print("-- HELD BACK: " + held.sql().replace("\n", "\n-- ") + ";\n"));
            found.unwritten().forEach(each -> answer.tell("No way is known: " + each.what()));
            RenameAnswers.unanswered(found.questions()).forEach(answer::tell);
        } else if (found.isEmpty()) {
            if (!answer.isQuiet()) {
                answer.println("No difference between " + first.name() + " and " + second.name() + ".");
            }
        } else {
            answer.print("From " + first.name() + " to " + second.name() + ":\n" + text.changes());
            RenameAnswers.unanswered(found.questions()).forEach(answer::println);
            String hazards = text.hazards();
            answer.print(
                    (hazards.isEmpty() ? "" : "\n" + hazards) + (found.parts().isEmpty() ? "" : "\n" + text.sql()));
        }
    }
}
