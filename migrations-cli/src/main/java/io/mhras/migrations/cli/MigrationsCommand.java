package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.cli.connection.Cancellation;
import io.mhras.migrations.cli.connection.Databases;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.Nearest;
import io.mhras.migrations.cli.options.Settings;
import io.mhras.migrations.cli.report.Turns;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Terminal;
import io.mhras.migrations.engine.Migrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code migrations}: the engine for pipelines, DBAs and laptops. */
@Command(
        name = "migrations",
        mixinStandardHelpOptions = true,
        versionProvider = MigrationsCommand.Version.class,
        description = "Brings PostgreSQL and MongoDB databases to the schema that their migration files describe.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:it failed, or check, validate or current --check-heads found something",
            "2:wrong usage",
            "3:not agreed to",
            "4:the wait for another process that migrates ran out",
            "130:cancelled"
        },
        footer = {"", "'migrations VERB --help' explains a verb.", "", "Example: migrations status -l db/migration"})
public final class MigrationsCommand {

    /** In the order of the help. */
    private static final List<Class<?>> VERBS = List.of(
            StatusCommand.class,
            ApplyCommand.class,
            RollbackCommand.class,
            ValidateCommand.class,
            CheckCommand.class,
            ReportCommand.class,
            HistoryCommand.class,
            CurrentCommand.class,
            HeadsCommand.class,
            BranchesCommand.class,
            ShowCommand.class,
            NewCommand.class,
            MergeCommand.class,
            StampCommand.class,
            AdoptCommand.class,
            ScriptCommand.class,
            RepairCommand.class,
            CleanCommand.class,
            LockCommand.class,
            ActivityCommand.class,
            CompletionCommand.class,
            ManCommand.class);

    private static final String LEVEL_OF = "org.slf4j.simpleLogger.log.";
    private static final int NARROWEST_HELP = 55;
    private static final int WIDEST_HELP = 100;

    private final Terminal terminal;
    private final Cancellation cancellation;

    MigrationsCommand(Terminal terminal, Cancellation cancellation) {
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    /** Runs a command line, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // The verbs themselves report what happens and what to note; the engine's log adds only the rest.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        System.setProperty(LEVEL_OF + MigrationDriver.LOCK_LOG, "info");
        System.setProperty(LEVEL_OF + Migrator.class.getName(), "error");
        System.setProperty(LEVEL_OF + "org.mongodb", "error");
        System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
        System.setProperty("org.slf4j.simpleLogger.showLogName", "false");
        // The driver's messages appear among ours.
        Locale.setDefault(Locale.Category.DISPLAY, Locale.ENGLISH);
        Terminal terminal = Terminal.ofProcess();
        Cancellation cancellation = new Cancellation();
        // Ctrl-C runs the hook, and the process ends with 130 when the hook is done.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cancellation.cancel(terminal), "migrations-cancel"));
        int code;
        try {
            code = run(terminal, cancellation, arguments);
            if (code == ExitCode.DONE.code()) {
                noteArchive();
            }
        } finally {
            // Even of an error that ends the process nobody may say that it was cancelled.
            cancellation.commandEnded();
        }
        System.exit(code);
    }

    /** Java writes the classes that this run has loaded into a file as it ends; the launcher uses it if the run succeeded. */
    private static void noteArchive() {
        String archive = System.getProperty("migrations.archive", "");
        if (archive.isEmpty() || archive.endsWith(".jsa")) {
            return;
        }
        try {
            Files.createFile(Path.of(archive + ".done"));
        } catch (IOException e) {
            LoggerFactory.getLogger(MigrationsCommand.class).debug("The next start is as slow as this one", e);
        }
    }

    /** Runs a command line. */
    static int run(Terminal terminal, String... arguments) {
        return run(terminal, new Cancellation(), arguments);
    }

    static int run(Terminal terminal, Cancellation cancellation, String... arguments) {
        return new MigrationsCommand(terminal, cancellation)
                .commandLine(verbs(arguments))
                .execute(arguments);
    }

    /** The one that is named, or all: creating them all takes as long as some verbs take to run. */
    private static List<Class<?>> verbs(String... arguments) {
        String name = arguments.length == 0 ? "" : arguments[0];
        List<Class<?>> named = VERBS.stream()
                .filter(verb -> names(verb.getAnnotation(Command.class)).contains(name))
                .toList();
        return named.isEmpty() ? VERBS : named;
    }

    private static List<String> names(Command verb) {
        List<String> names = new ArrayList<>(List.of(verb.aliases()));
        names.add(verb.name());
        return names;
    }

    private CommandLine commandLine(List<Class<?>> verbs) {
        CommandLine line = new CommandLine(this);
        // A model is transformed only if the command line is created from it.
        verbs.forEach(verb -> line.addSubcommand(new CommandLine(verb)));
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setUsageHelpWidth(Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, terminal.width())))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(true)
                .registerConverter(Duration.class, MigrationsCommand::duration)
                .setExecutionStrategy(this::execute)
                .setParameterExceptionHandler((failure, given) -> explain(failure));
    }

    /** Runs the verb; without one it prints the usage. */
    private int execute(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        Object verb = parsed.hasSubcommand() ? parsed.subcommand().commandSpec().userObject() : this;
        try {
            if (verb instanceof DatabaseVerb database) {
                return run(database).code();
            }
            CommandLine all = commandLine(VERBS);
            if (verb instanceof DescribingVerb describing) {
                describing.write(all, terminal.out());
                terminal.out().flush();
            } else {
                all.usage(terminal.out());
            }
            return ExitCode.DONE.code();
        } catch (RuntimeException e) {
            return explain(e, parsed);
        }
    }

    private ExitCode run(DatabaseVerb verb) {
        Turns turns = new Turns(terminal, verb.options.output);
        try (Databases databases = Databases.of(verb.options, terminal, turns.answer()::tell)) {
            return verb.run(new Invocation(databases, turns, cancellation));
        }
    }

    private int explain(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String verb = command.getCommandSpec().qualifiedName();
        if (failure instanceof UnmatchedArgumentException unmatched
                && !command.getSubcommands().isEmpty()
                && !unmatched.isUnknownOption()) {
            String given = unmatched.getUnmatched().get(0);
            List<String> near =
                    Nearest.to(given, new TreeSet<>(command.getSubcommands().keySet()));
            terminal.err()
                    .println("There is no verb '" + given + "'.\n\nWhat to do: "
                            + (near.isEmpty()
                                    ? "'" + verb + " --help' lists them."
                                    : "Did you mean " + String.join(", ", near) + "?"));
        } else {
            terminal.err().println(failure.getMessage());
            UnmatchedArgumentException.printSuggestions(failure, terminal.err());
            terminal.err().println("\nWhat to do: '" + verb + " --help' explains it.");
        }
        return ExitCode.USAGE.code();
    }

    private int explain(RuntimeException failure, ParseResult parsed) {
        if (failure instanceof MigrationException migration) {
            terminal.err().println(migration.getMessage());
            return ExitCode.of(migration).code();
        }
        if (failure instanceof InvalidSettingException) {
            terminal.err().println(failure.getMessage());
            return ExitCode.USAGE.code();
        }
        // A bug of ours. Its text may contain anything, so it is shown only on request.
        terminal.err()
                .println("Something went wrong that should not: "
                        + failure.getClass().getName());
        if (parsed.hasSubcommand() && parsed.subcommand().hasMatchedOption("--verbose")) {
            failure.printStackTrace(terminal.err());
        } else {
            terminal.err().println("\nWhat to do: Run it again with --verbose, and report what it says.");
        }
        return ExitCode.FAILED.code();
    }

    private static Duration duration(String text) {
        try {
            return Settings.time(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not a time. Write for example 500ms, 5s or 2m.");
        }
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = MigrationsCommand.class.getPackage().getImplementationVersion();
            return new String[] {"MHRAS Migrations " + (version == null ? "(not packaged)" : version)};
        }
    }
}
