package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.Migrator;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrations adopt}: takes over what another tool has applied. */
@Command(
        name = "adopt",
        mixinStandardHelpOptions = true,
        description = {
            "Mark as applied what another tool has applied: Flyway, Liquibase, Alembic, golang-migrate or dbmate.",
            "Runs nothing. The other tool's table is read, and stays as it is."
        },
        footer = {"", "Example: migrations adopt --dry-run", "         migrations adopt --from flyway --force"})
final class AdoptCommand extends DatabaseCommand {

    @Option(
            names = "--from",
            paramLabel = "TOOL",
            description =
                    "flyway, liquibase, alembic, golang-migrate or dbmate. Default: the one whose table is there.")
    @Nullable String from;

    @Option(
            names = "--from-table",
            paramLabel = "NAME",
            description = "The other tool's table. Default: its usual name.")
    @Nullable String fromTable;

    @Option(
            names = "--from-schema",
            paramLabel = "NAME",
            description = "Where that table is. Default: the search_path of the connection.")
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
        JdbcTemplate jdbc = new JdbcTemplate(((PostgresConnection) connection(kind)).dataSource());
        OtherTool tool = tool(jdbc);
        Adoption adoption = Adoption.of(tool, applied(jdbc, tool), migrator.migrations());
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

    /** The other tools' tables are PostgreSQL's. */
    @Override
    List<Kind> kinds() {
        if (database.kinds(terminal()).equals(List.of(Kind.MONGODB))) {
            throw new InvalidSettingException(
                    "From a collection of MongoDB nothing is adopted: no two tools keep theirs alike.",
                    "Say yourself what is applied: 'migrations stamp VERSION --db-type mongodb'.");
        }
        return List.of(Kind.POSTGRESQL);
    }

    private List<OtherMigration> applied(JdbcTemplate jdbc, OtherTool tool) {
        String table = quotedTable(jdbc, tool);
        try {
            return tool.applied(jdbc, table);
        } catch (DataAccessException e) {
            throw new Refused(
                    "Nothing was adopted: the table " + table + " of " + tool + " cannot be read: "
                            + e.getMostSpecificCause().getMessage(),
                    "Grant the database user to select from it; or, if it is another tool's, name that with --from.");
        }
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

    private OtherTool tool(JdbcTemplate jdbc) {
        List<OtherTool> possible = Arrays.stream(OtherTool.values())
                .filter(tool -> from == null || tool.toString().equalsIgnoreCase(from))
                .toList();
        if (possible.isEmpty()) {
            throw new InvalidSettingException(
                    "There is no way to adopt from '" + from + "'.",
                    "Use " + names(Arrays.stream(OtherTool.values()))
                            + "; or say yourself what is applied: 'migrations stamp" + " VERSION'.");
        }
        List<OtherTool> found = possible.stream()
                .filter(tool -> tool.keeps(columns(jdbc, tool)))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw found.isEmpty()
                ? new Refused(
                        "Nothing was adopted: there is no table "
                                + possible.stream()
                                        .map(this::tableName)
                                        .distinct()
                                        .collect(Collectors.joining(", no ")) + " of "
                                + (from == null ? "another tool" : from) + " in sight.",
                        "Name it with --from-table and --from-schema, or look whether this is the right database.")
                : new Refused(
                        "Nothing was adopted: there are tables of " + names(found.stream()) + ".",
                        "Say with --from which tool's is to be adopted.");
    }

    private static String names(Stream<OtherTool> tools) {
        return tools.map(OtherTool::toString).collect(Collectors.joining(", "));
    }

    private String tableName(OtherTool tool) {
        return Objects.requireNonNullElse(fromTable, tool.table());
    }

    private List<String> columns(JdbcTemplate jdbc, OtherTool tool) {
        return jdbc.queryForList(
                "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped",
                String.class,
                quotedTable(jdbc, tool));
    }

    private String quotedTable(JdbcTemplate jdbc, OtherTool tool) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "SELECT concat(quote_ident(?::text) || '.', quote_ident(?))",
                String.class,
                fromSchema,
                tableName(tool)));
    }
}
