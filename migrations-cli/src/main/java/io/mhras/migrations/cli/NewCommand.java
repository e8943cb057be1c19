package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.cli.author.FromSchemaOptions;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.NewFileOptions;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Wording;
import io.mhras.migrations.schema.Naming;
import io.mhras.migrations.source.MigrationTemplate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrations new}: the files of a new migration. Needs no database. */
@Command(
        name = "new",
        aliases = {"revision", "create"},
        description = {
            "Write the files of a new migration, its up and its down file, with the next version. Needs no database.",
            "With --from-schema they have in them what leads to that schema, in as many files as it takes. They are proved on"
                    + " scratch databases before they are written: up, the schema is the wanted one; down, the one before.",
            "They are named as the newest ones are: 003 after 002, V1_3__ after V1_2__, .up.sql where that is used."
                    + " A file that is there is never written over."
        },
        footer = {
            "",
            "Example: migrations new \"add user email\"",
            "         migrations new \"active patients\" --repeatable",
            "         migrations new \"visits\" --from-schema schema.sql --embedded",
            "         migrations new \"add users\" --db-type mongodb -l db/migration"
        })
final class NewCommand extends DatabaseVerb {

    @Mixin
    NewFileOptions newFile = new NewFileOptions();

    @Parameters(arity = "0..*", paramLabel = "WORDS", description = "What the migration does.")
    List<String> given = List.of();

    @Option(names = "--timestamp", description = "Take the time, in UTC, as the version: 20251030153012.")
    boolean timestamp;

    @Option(names = "--repeatable", description = "Write a repeatable: it runs again whenever its file changes.")
    boolean repeatable;

    @Option(
            names = {"--requires", "--head"},
            split = ",",
            paramLabel = "VERSION",
            description = "What it requires. Default: the preceding version.")
    List<String> requires = new ArrayList<>();

    @Option(names = "--autogenerate", hidden = true)
    boolean autogenerate;

    @Mixin
    FromSchemaOptions fromSchema = new FromSchemaOptions();

    @Override
    ExitCode run(Invocation call) {
        Database database = call.databases().forNewFile();
        return fromSchema.isGiven()
                ? fromSchema(new FromSchema(fromSchema, database, call.turns().answer(), call.cancellation()))
                : write(database, call.turns().answer());
    }

    private ExitCode fromSchema(FromSchema work) {
        if (repeatable) {
            throw new InvalidSettingException(
                    "--repeatable and --from-schema exclude each other: what leads to a schema runs once.",
                    "Leave out one of them.");
        }
        refuseWhatCannotBe();
        MigrationSet set = work.database().loadIfAny();
        List<MigrationVersion> required = required(set);
        if (required.isEmpty()) {
            refuseSeveralHeads(set);
        }
        return work.write(new Naming(words(), newFile.version, timestamp, required));
    }

    private ExitCode write(Database database, Answer answer) {
        refuseWhatCannotBe();
        String words = words();
        MigrationSet set = database.loadIfAny();
        NewFiles files = new NewFiles(database, set);
        MigrationTemplate template = files.template();
        List<MigrationVersion> required = required(set);
        if (repeatable) {
            return files.write(List.of(template.repeatable(words, required)), answer);
        }
        if (required.isEmpty()) {
            refuseSeveralHeads(set);
        }
        MigrationVersion newVersion = version(template);
        if (required.isEmpty()) {
            warnIfLate(set, newVersion, answer);
        }
        return files.write(template.change(words, newVersion, required), answer);
    }

    private List<MigrationVersion> required(MigrationSet set) {
        return requires.stream()
                .flatMap(text -> text.equals("head") || text.equals("heads")
                        ? set.heads().stream()
                        : List.of(set.resolve(text)).stream())
                .distinct()
                .toList();
    }

    private String words() {
        String words = newFile.words(given);
        if (words == null || words.isBlank()) {
            throw new InvalidSettingException(
                    "It is not said what the migration does.",
                    "Say it in a few words: migrations new \"add user email\".");
        }
        return words;
    }

    private MigrationVersion version(MigrationTemplate template) {
        if (timestamp) {
            return template.nextTime();
        }
        return newFile.version == null ? template.next() : template.version(newFile.version);
    }

    private void refuseWhatCannotBe() {
        String version = newFile.version;
        if (autogenerate) {
            throw new InvalidSettingException(
                    "There are no models here that a migration could be generated from.",
                    "Give the wanted schema as SQL, with --from-schema schema.sql; or leave out --autogenerate, and write"
                            + " the change into the file that you get.");
        }
        if (version != null && timestamp || repeatable && (version != null || timestamp)) {
            throw new InvalidSettingException(
                    "--version, --timestamp and --repeatable exclude each other.", "Leave one of them.");
        }
    }

    private static void refuseSeveralHeads(MigrationSet set) {
        List<MigrationVersion> heads = set.heads();
        if (heads.size() > 1) {
            throw new InvalidTarget(
                    "There are " + heads.size() + " heads, " + Wording.list(heads)
                            + ", and it is not said which of them the new migration follows.",
                    "Join them first with 'migrations merge'; or say it with --requires " + heads.get(heads.size() - 1)
                            + ".");
        }
    }

    /** It would be between others that may be applied everywhere. */
    private static void warnIfLate(MigrationSet set, MigrationVersion newVersion, Answer answer) {
        set.heads().stream()
                .filter(head -> head.compareTo(newVersion) > 0)
                .forEach(head -> answer.tell("note: " + newVersion + " comes before " + head + ". A database that has "
                        + head + " refuses it as out of order."));
    }
}
