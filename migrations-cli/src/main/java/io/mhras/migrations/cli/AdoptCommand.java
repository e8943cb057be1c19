package io.mhras.migrations.cli;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.TableReader.Kind;
import io.mhras.migrations.adopt.Adoption;
import io.mhras.migrations.adopt.AdoptionSource;
import io.mhras.migrations.adopt.OtherTool;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Table;
import io.mhras.migrations.cli.terminal.Terminal;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrations adopt}: takes over what another tool has applied. */
@Command(
        name = "adopt",
        mixinStandardHelpOptions = true,
        description = {
            "Mark as applied what another tool has applied: Flyway, Liquibase, Alembic, golang-migrate, dbmate, goose,"
                    + " Prisma, migrate-mongo, Mongock and others; or what a list of your own says.",
            "Runs nothing. The other tool's table or collection is read, and stays as it is. Its times and users are kept,"
                    + " and where it has checksums of the files, they are compared."
        },
        footer = {"", "Example: migrations adopt --dry-run", "         migrations adopt --from flyway --force"})
final class AdoptCommand extends DatabaseVerb {

    @Option(
            names = "--from",
            paramLabel = "TOOL",
            description =
                    "flyway, liquibase, alembic, golang-migrate, dbmate, goose, prisma, migrate-mongo, mongock or another; or"
                            + " list, for a table or collection with a version or a file's name in each row. Default: the one"
                            + " whose table is there.")
    @Nullable String from;

    @Option(
            names = "--from-table",
            paramLabel = "NAME",
            description = "The other tool's table or collection. Default: its usual name.")
    @Nullable String fromTable;

    @Option(
            names = "--from-schema",
            paramLabel = "NAME",
            description = "Where that table is, in PostgreSQL. Default: the search_path of the connection.")
    @Nullable String fromSchema;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only show what would be marked. Writes nothing at all.")
    boolean dryRun;

    @Option(names = "--force", description = "Do not ask. Checks are made all the same.")
    boolean force;

    @Override
    ExitCode run(Invocation call) {
        // A tool has usually worked with one of them.
        return call.forOne("Nothing was adopted: there are two databases, and adopt takes one at a time.", this::adopt);
    }

    private ExitCode adopt(Database database, Answer answer) {
        Migrator migrator = database.migrator();
        Adoption adoption = adoption(database, migrator);
        if (adoption.matches().isEmpty()) {
            adoption.notes().forEach(note -> answer.tell("note: " + note));
            answer.refuse(adoption.tool() + " has applied nothing that there is a file for here.");
            return ExitCode.DONE;
        }
        if (dryRun) {
            adoption.notes().forEach(note -> answer.tell("note: " + note));
            show(adoption, answer);
            return ExitCode.DONE;
        }
        if (!force && answer.terminal().isInteractive() && !isWanted(adoption, answer.terminal())) {
            answer.refuse("Nothing was done.");
            return ExitCode.REFUSED;
        }
        MigrationResult result = migrator.adopt(adoption);
        return answer.print(result, result.events().size() + " marked as applied, from " + adoption.tool());
    }

    private static void show(Adoption adoption, Answer answer) {
        if (answer.isJson()) {
            answer.printJson(adoption.names().entrySet().stream()
                    .map(entry -> new Match(entry.getKey().toString(), entry.getValue()))
                    .toList());
        } else {
            answer.print(describe(adoption, answer.terminal().width()));
        }
    }

    /** A file in JSON: its version here, and its name there. */
    private record Match(String version, Set<String> names) {}

    private static boolean isWanted(Adoption adoption, Terminal terminal) {
        terminal.err().print(describe(adoption, terminal.width()));
        return terminal.agrees("Mark " + adoption.matches().size() + " as applied? [y/N]");
    }

    /** A line for each file here, with what stands for it there. */
    private static String describe(Adoption adoption, int width) {
        Table table = new Table(width, "HERE", adoption.tool().toString().toUpperCase(Locale.ROOT));
        adoption.matches().forEach(match -> table.add(match.migration().up().name(), String.join(", ", match.names())));
        return table.toString();
    }

    private Adoption adoption(Database database, Migrator migrator) {
        Kind keptIn = database.connection().driver().tables().kind();
        AdoptionSource source = new AdoptionSource(tool(database.kind(), keptIn), fromSchema, fromTable);
        try {
            return migrator.planAdopt(source);
        } catch (Refused e) {
            throw new Refused(e.problem(), spelled(e.remedy()));
        }
    }

    /** The engine names an option by its key. */
    private static String spelled(String remedy) {
        return remedy.replaceAll("'(from|from-table|from-schema|locations)'", "--$1")
                .replace("'stamp VERSION'", "'migrations stamp VERSION'");
    }

    private @Nullable OtherTool tool(DatabaseKind kind, Kind keptIn) {
        if (from == null) {
            return null;
        }
        List<OtherTool> tools = OtherTool.keptIn(keptIn);
        return OtherTool.named(from)
                .filter(tools::contains)
                .orElseThrow(() -> new InvalidSettingException(
                        "There is no way to adopt from '" + from + "' in " + kind.title() + ".",
                        "Use " + tools.stream().map(OtherTool::toString).collect(Collectors.joining(", "))
                                + "; or say yourself what is applied: 'migrations stamp VERSION'."));
    }
}
