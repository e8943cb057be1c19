package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.cli.connection.Cancellation;
import io.mhras.migrations.cli.connection.Databases;
import io.mhras.migrations.cli.options.EnvFile;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.OutputOptions;
import io.mhras.migrations.cli.options.Settings;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.report.Turns;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Terminal;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.text.JavaMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            "1:it failed, or check, validate, verify, rehearse, drift, diff or current --check-heads found something",
            "2:wrong usage",
            "3:not agreed to",
            "4:the wait for another process that migrates ran out",
            "130:cancelled",
            "141:done, but who read the answer, as head does, did not read all of it"
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
            VerifyCommand.class,
            ReportCommand.class,
            SnapshotCommand.class,
            RehearseCommand.class,
            DriftCommand.class,
            SquashCommand.class,
            DiffCommand.class,
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
        int code = new MigrationsCommand(terminal, cancellation)
                .commandLine(verbs(arguments))
                .execute(arguments);
        return withAnswer(code, terminal);
    }

    /** An answer that did not arrive is a failure, whatever the verb did. */
    private static int withAnswer(int code, Terminal terminal) {
        terminal.out().flush();
        IOException failure = terminal.out().failure();
        if (failure == null) {
            return code;
        }
        if (!terminal.out().isReaderGone()) {
            terminal.err()
                    .println("The answer is not complete: standard output cannot be written. " + failure.getMessage()
                            + ".\n\nWhat to do: Write it elsewhere. What was changed in a database stays changed;"
                            + " 'migrations status' shows where it stands.");
        }
        ExitCode unwritten = terminal.out().isReaderGone() ? ExitCode.UNREAD : ExitCode.FAILED;
        return code == ExitCode.DONE.code() ? unwritten.code() : code;
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
                .setParameterExceptionHandler((failure, given) -> explain(failure, List.of(given)));
    }

    /** Runs the verb; without one it prints the usage. */
    private int execute(ParseResult parsed) {
        if (!parsed.unmatched().isEmpty()) {
            // Help was asked for, too, and picocli reports nothing else then.
            return explain(
                    new UnmatchedArgumentException(commandLine(VERBS), parsed.unmatched()), parsed.originalArgs());
        }
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
        } catch (RuntimeException | Error e) {
            return explain(e, verb instanceof DatabaseVerb database ? database.options.output : new OutputOptions());
        }
    }

    private ExitCode run(DatabaseVerb verb) {
        Turns turns = new Turns(terminal, verb.options.output);
        Terminal withFile = terminal.in(EnvFile.added(terminal.environment(), verb.options.envFile));
        try (Databases databases = Databases.of(verb.options, withFile, turns.answer()::tell)) {
            return verb.run(new Invocation(databases, turns, cancellation));
        }
    }

    private int explain(ParameterException failure, List<String> arguments) {
        WrongUsage usage = new WrongUsage(failure, arguments);
        new Turns(terminal, usage.output()).answer().fail(usage.message());
        return ExitCode.USAGE.code();
    }

    private int explain(Throwable failure, OutputOptions output) {
        Answer answer = new Turns(terminal, output).answer();
        if (failure instanceof MigrationException migration) {
            answer.fail(String.valueOf(migration.getMessage()));
            return ExitCode.of(migration).code();
        }
        if (failure instanceof InvalidSettingException) {
            answer.fail(String.valueOf(failure.getMessage()));
            return ExitCode.USAGE.code();
        }
        if (failure instanceof OutOfMemoryError) {
            answer.fail(JavaMemory.notEnough() + ".\n\nWhat to do: " + JavaMemory.remedy()
                    + " What was changed in a database stays changed; 'migrations status' shows where it stands.");
            return ExitCode.FAILED.code();
        }
        // A bug of ours. Its text may contain anything, so it is shown only on request.
        String name =
                "Something went wrong that should not: " + failure.getClass().getName();
        if (answer.isVerbose()) {
            answer.fail(name);
            failure.printStackTrace(terminal.err());
        } else {
            answer.fail(name + "\n\nWhat to do: Run it again with --verbose, and report what it says.");
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
