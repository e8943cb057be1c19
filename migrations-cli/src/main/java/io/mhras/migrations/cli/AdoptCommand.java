package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.engine.Migrator;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrations adopt}: takes over what another tool has applied. */
@Command(
        name = "adopt",
        mixinStandardHelpOptions = true,
        description = {
            "Mark as applied what another tool has applied: Flyway, Liquibase, Alembic, golang-migrate, dbmate,"
                    + " migrate-mongo, Mongock; or what a list of your own says.",
            "Runs nothing. The other tool's table or collection is read, and stays as it is."
        },
        footer = {"", "Example: migrations adopt --dry-run", "         migrations adopt --from flyway --force"})
final class AdoptCommand extends DatabaseCommand {

    @Option(
            names = "--from",
            paramLabel = "TOOL",
            description =
                    "flyway, liquibase, alembic, golang-migrate, dbmate, migrate-mongo, mongock; or list, for a table or collection"
                            + " with a version or a file's name in each row. Default: the one whose table is there.")
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
    ExitCode callOn(Kind kind) {
        Migrator migrator = migrator(kind);
        refuseSecond(migrator);
        OtherHistory.Finder histories = connection(kind).otherHistories(fromSchema);
        OtherTool tool = tool(kind, histories);
        OtherHistory history = histories.find(name(tool, kind));
        Adoption adoption = Adoption.of(tool, applied(tool, history), migrator.migrations());
        adoption.repeatables()
                .forEach(name -> tell("note: " + name + " is a repeatable: it runs again with the next apply."));
        if (adoption.names().isEmpty()) {
            tell(tool + " has applied nothing that there is a file for here.");
            return ExitCode.DONE;
        }
        if (dryRun) {
            show(adoption, tool);
            return ExitCode.DONE;
        }
        if (!force && terminal().isInteractive() && !isWanted(adoption, tool)) {
            tell("Nothing was done.");
            return ExitCode.REFUSED;
        }
        MigrationResult result = migrator.stamp(adoption.targets());
        return answer(result, result.events().size() + " marked as applied, from " + tool);
    }

    /** One at a time: a tool has mostly worked with one of them. */
    @Override
    List<Kind> kinds() {
        if (database.kinds(terminal()).size() > 1) {
            throw new InvalidSettingException(
                    "Nothing was adopted: there are two databases, and adopt takes one at a time.",
                    "Name it with --db-type postgresql or --db-type mongodb.");
        }
        return super.kinds();
    }

    private static List<OtherMigration> applied(OtherTool tool, OtherHistory history) {
        if (!tool.keeps(history.columns())) {
            throw OtherHistory.unreadable(history, "it is none of " + tool + "'s.");
        }
        return tool.applied(history.rows());
    }

    /** To stamp is to say of everything whether it is applied; what the history knows already would be overruled. */
    private static void refuseSecond(Migrator migrator) {
        List<String> current =
                migrator.status().current().stream().map(Object::toString).toList();
        if (!current.isEmpty()) {
            throw new Refused(
                    "Nothing was adopted: the history is at " + String.join(", ", current) + " already.",
                    "To begin it anew, run 'migrations stamp base' and adopt again; 'migrations stamp VERSION' moves it.");
        }
    }

    private void show(Adoption adoption, OtherTool tool) {
        if (output.isJson()) {
            printJson(adoption.names().entrySet().stream()
                    .map(entry -> new Match(entry.getKey().toString(), entry.getValue()))
                    .toList());
        } else {
            print(adoption.describe(tool, terminal().width()));
        }
    }

    /** What JSON says of a file: its version here, and what it is called there. */
    private record Match(String version, Set<String> names) {}

    private boolean isWanted(Adoption adoption, OtherTool tool) {
        terminal().err().print(adoption.describe(tool, terminal().width()));
        return terminal().agrees("Mark " + adoption.names().size() + " as applied? [y/N]");
    }

    private OtherTool tool(Kind kind, OtherHistory.Finder histories) {
        List<OtherTool> possible = Arrays.stream(OtherTool.values())
                .filter(tool -> tool.usualName(kind) != null)
                .filter(tool -> from == null || tool.toString().equalsIgnoreCase(from))
                .toList();
        if (possible.isEmpty()) {
            throw new InvalidSettingException(
                    "There is no way to adopt from '" + from + "' in " + kind.title() + ".",
                    "Use "
                            + names(Arrays.stream(OtherTool.values()).filter(tool -> tool.usualName(kind) != null))
                            + "; or say yourself what is applied: 'migrations stamp VERSION'.");
        }
        if (possible.size() == 1) {
            return there(possible.get(0), kind, histories);
        }
        List<OtherTool> found = possible.stream()
                .filter(tool -> tool.keeps(histories.find(name(tool, kind)).columns()))
                .toList();
        // Anybody's table may have a version in it: only where there is no other.
        List<OtherTool> known =
                found.stream().filter(tool -> tool != OtherTool.LIST).toList();
        if (known.size() > 1) {
            throw new Refused(
                    "Nothing was adopted: there are tables of " + names(known.stream()) + ".",
                    "Say with --from which tool's is to be adopted.");
        }
        if (found.isEmpty()) {
            throw notThere(possible, kind);
        }
        return known.isEmpty() ? OtherTool.LIST : known.get(0);
    }

    private OtherTool there(OtherTool tool, Kind kind, OtherHistory.Finder histories) {
        if (histories.find(name(tool, kind)).columns().isEmpty()) {
            throw notThere(List.of(tool), kind);
        }
        return tool;
    }

    private Refused notThere(List<OtherTool> tools, Kind kind) {
        boolean isTable = kind == Kind.POSTGRESQL;
        return new Refused(
                "Nothing was adopted: there is no " + (isTable ? "table " : "collection ")
                        + tools.stream()
                                .map(tool -> name(tool, kind))
                                .distinct()
                                .collect(Collectors.joining(", no "))
                        + " of " + (from == null ? "another tool" : from) + " in sight.",
                "Name it with --from-table" + (isTable ? " and --from-schema" : "")
                        + ", or look whether this is the right database.");
    }

    private static String names(Stream<OtherTool> tools) {
        return tools.map(OtherTool::toString).collect(Collectors.joining(", "));
    }

    private String name(OtherTool tool, Kind kind) {
        return Objects.requireNonNullElseGet(fromTable, () -> Objects.requireNonNull(tool.usualName(kind)));
    }
}
