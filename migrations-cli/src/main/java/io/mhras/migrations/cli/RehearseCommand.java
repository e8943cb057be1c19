package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.cli.connection.Cancellation;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.connection.ScratchWork;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.PatternOptions;
import io.mhras.migrations.cli.options.ScratchOptionGroup;
import io.mhras.migrations.cli.rehearsal.RehearsalProgress;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.report.HtmlRehearsal;
import io.mhras.migrations.cli.report.JUnitRehearsal;
import io.mhras.migrations.cli.report.OutputFile;
import io.mhras.migrations.cli.report.RehearsalAnswer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.schema.Rehearsal;
import io.mhras.migrations.schema.report.RehearsalReport;
import io.mhras.migrations.schema.report.RehearsalScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrations rehearse}: proves the files on a scratch database. */
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        description = {
            "Prove the migrations on a scratch PostgreSQL database before they meet a real one: each is applied and measured, and"
                    + " checked; each is taken back, which has to give the schema before; all are applied once more, which has"
                    + " to give the same schema; and each check has to hold at the end.",
            "Exit code 1 if one of these fails. A missing down script or check, strong locks, rewrites and scans of tables that"
                    + " were there before are findings, and failures only with --strict. The tables are empty, or have what"
                    + " --with-data loads: times say little, locks and rewrites much."
        },
        footer = {
            "",
            "Example: migrations rehearse --embedded",
            "         migrations rehearse 007            that one only, on those before it",
            "         migrations rehearse --pending      what the database has not applied yet",
            "         migrations rehearse --from 005 --schema-file production.sql --with-data sample.sql",
            "         migrations rehearse --tags 'v*' --junit target/TEST-rehearsal.xml"
        })
final class RehearseCommand extends DatabaseVerb {

    @Mixin
    ScratchOptionGroup scratch = new ScratchOptionGroup();

    @Mixin
    PatternOptions patterns = new PatternOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "VERSION",
            description = "Only this migration; those that it requires are applied, and not measured. Default: all.")
    @Nullable String version;

    @Option(
            names = "--pending",
            description = "Only what the database has not applied; the others are applied, and not measured.")
    boolean pending;

    @Option(
            names = "--from",
            paramLabel = "VERSION",
            description = "Only what comes after this version, at which the schema of --schema-file stands.")
    @Nullable String from;

    @Option(
            names = "--schema-file",
            paramLabel = "FILE",
            description = "The schema that --from begins with, as 'pg_dump --schema-only' writes it.")
    @Nullable Path schemaFile;

    @Option(
            names = "--with-data",
            paramLabel = "FILE",
            description =
                    "Rows, as 'pg_dump --data-only' writes them: loaded before the first migration that is rehearsed.")
    @Nullable Path data;

    @Option(
            names = "--tags",
            paramLabel = "PATTERN",
            description = "After that, from the files of each Git tag that matches to the present ones.")
    @Nullable String tags;

    @Option(names = "--strict", description = "Exit code 1 for findings, too.")
    boolean strict;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write it as JUnit's XML into this file, too.")
    @Nullable Path junit;

    @Option(names = "--html", paramLabel = "FILE", description = "Write it as an HTML page into this file, too.")
    @Nullable Path html;

    @Override
    ExitCode run(Invocation call) {
        refuseContradictions();
        return call.forOne(
                "A rehearsal is of one database.",
                (database, answer) -> rehearse(database, answer, call.cancellation()));
    }

    private void refuseContradictions() {
        if (Stream.of(version != null, pending, from != null)
                        .filter(given -> given)
                        .count()
                > 1) {
            throw new InvalidSettingException(
                    "VERSION, --pending and --from each say where the rehearsal begins.", "Give one of them.");
        }
        if ((from == null) != (schemaFile == null)) {
            throw new InvalidSettingException(
                    "--from and --schema-file go together: the version, and the schema at it.",
                    "Give both, or neither.");
        }
        if (data != null && version == null && !pending && from == null) {
            throw new InvalidSettingException(
                    "--with-data has no tables to load into: all migrations are rehearsed.",
                    "Say which of them are there already: VERSION, --pending, or --from with --schema-file.");
        }
        if (tags != null && (version != null || pending || from != null)) {
            throw new InvalidSettingException(
                    "--tags compares with what all migrations give, and not all of them are rehearsed.",
                    "Leave out --tags; or VERSION, --pending and --from.");
        }
        Stream.of(schemaFile, data)
                .filter(file -> file != null && !Files.isReadable(file))
                .forEach(file -> {
                    throw new InvalidSettingException(
                            file + " cannot be read.", "Correct --schema-file or --with-data.");
                });
    }

    private ExitCode rehearse(Database database, Answer answer, Cancellation cancellation) {
        Path folder = temporaryFolder();
        try {
            ScratchWork work = database.scratch(scratch);
            RehearsalScope scope = scope(database, folder);
            if (scope.rehearsed().isEmpty()) {
                answer.tell("There is nothing to rehearse.");
            }
            Instant begun = Instant.now();
            RehearsalReport report;
            try (Cancellation.Run run = cancellation.begin(work.connection());
                    RehearsalProgress progress = new RehearsalProgress(answer, run, scope)) {
                report = new Rehearsal(
                                work.real(),
                                work.options(),
                                work.postgres(),
                                work.engine(),
                                patterns.filter(database.settings()))
                        .run(scope, progress);
                if (cancellation.isCancelled()) {
                    answer.fail("Cancelled.");
                    return ExitCode.CANCELLED;
                }
                progress.end(report);
            }
            return write(report, begun, answer);
        } catch (MigrationException e) {
            if (!cancellation.isCancelled()) {
                throw e;
            }
            answer.fail("Cancelled.");
            return ExitCode.CANCELLED;
        } finally {
            delete(folder);
        }
    }

    private RehearsalScope scope(Database database, Path folder) {
        MigrationSet set = database.load();
        RehearsalScope scope = RehearsalScope.all(set);
        if (version != null) {
            scope = RehearsalScope.only(set, known(set, version));
        } else if (from != null && schemaFile != null) {
            scope = RehearsalScope.from(set, set.resolve(from), schemaFile);
        } else if (pending) {
            Set<MigrationVersion> open = database.migrator().plan(Target.HEAD).steps().stream()
                    .map(MigrationStep::version)
                    .collect(Collectors.toSet());
            scope = RehearsalScope.pending(set, open, ran(database, open));
        }
        scope = data == null ? scope : scope.with(data);
        return tags == null ? scope : scope.with(database.filesAtTags(tags, folder));
    }

    /** The texts of changed repeatables, as the history has them. */
    private static Map<MigrationVersion, String> ran(Database database, Set<MigrationVersion> open) {
        List<MigrationVersion> repeatables =
                open.stream().filter(MigrationVersion::isRepeatable).toList();
        Map<MigrationVersion, String> texts = new HashMap<>();
        if (!repeatables.isEmpty()) {
            database.connection().driver().scripts(repeatables).forEach((one, kept) -> {
                if (kept.up() != null) {
                    texts.put(one, kept.up());
                }
            });
        }
        return texts;
    }

    private static MigrationVersion known(MigrationSet set, String text) {
        return MigrationVersion.isValid(text)
                        && set.find(MigrationVersion.of(text)).isPresent()
                ? MigrationVersion.of(text)
                : set.resolve(text);
    }

    private ExitCode write(RehearsalReport report, Instant begun, Answer answer) {
        if (answer.isJson()) {
            answer.printJson(RehearsalAnswer.of(report, strict));
        }
        if (junit != null) {
            new OutputFile(junit, "--junit").write(new JUnitRehearsal(report, strict, begun).toString());
        }
        if (html != null) {
            new OutputFile(html, "--html").write(new HtmlRehearsal("PostgreSQL", report, begun).toString());
        }
        return report.isProved() && (!strict || report.findings().isEmpty()) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("migrations-rehearsal");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
