package io.mhras.migrations.cli;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.connection.DatabaseConnection;
import io.mhras.migrations.cli.connection.MongoConnection;
import io.mhras.migrations.cli.connection.PostgresConnection;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.OutputOptions;
import io.mhras.migrations.cli.options.OutputOptions.Format;
import io.mhras.migrations.cli.options.SchemaOptions;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.PostgresSchema;
import io.mhras.migrations.schema.SchemaDdl;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaFilter;
import io.mhras.migrations.schema.SchemaGap;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.SchemaText;
import io.mhras.migrations.schema.SchemaTextComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code migrations snapshot}: what the database's schema is made of. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        modelTransformer = SnapshotCommand.MoreFormats.class,
        description = {
            "Print the schema of a database, object by object: the same schema gives the same text, so that two of"
                    + " them can be compared.",
            "It only reads. Kinds of objects that it does not read are counted and named in the first lines."
        },
        footer = {
            "",
            "Example: migrations snapshot --exclude schema:audit",
            "         migrations snapshot --format sql > schema.sql   as statements for an empty database",
            "         migrations snapshot --update   writes " + SnapshotCommand.EXPECTED + " beside the migrations",
            "         migrations snapshot --check    compares the database with it"
        })
final class SnapshotCommand extends DatabaseVerb {

    static final String EXPECTED = "expected-schema.txt";

    @Mixin
    SchemaOptions schema = new SchemaOptions();

    @ArgGroup
    @Nullable Kept kept;

    /** What is done with the file beside the migrations. */
    static final class Kept {

        @Option(
                names = "--check",
                required = true,
                description = "Compare with " + EXPECTED
                        + " beside the migrations; exit code 1 if something differs. Nothing is compared with a file that"
                        + " another major version of PostgreSQL has written.")
        boolean check;

        @Option(
                names = "--update",
                required = true,
                description = "Write the schema into " + EXPECTED + " beside the migrations.")
        boolean update;
    }

    @Override
    ExitCode run(Invocation call) {
        return call.forOne("A snapshot is of one database.", this::snapshot);
    }

    private ExitCode snapshot(Database database, Answer answer) {
        SchemaSnapshot snapshot = read(database, schema.filter(database.settings()));
        String text = new SchemaText(database.kind(), snapshot).toString();
        if (kept == null) {
            print(snapshot, text, answer);
            return ExitCode.DONE;
        }
        Path file = database.folderForNew(database.loadIfAny()).resolve(expected(database.kind()));
        return kept.update ? update(file, text, answer) : check(file, text, answer);
    }

    /** One folder can hold files for both. */
    private static String expected(DatabaseKind kind) {
        return switch (kind) {
            case POSTGRESQL -> EXPECTED;
            case MONGODB -> "expected-schema-mongodb.txt";
        };
    }

    private SchemaSnapshot read(Database database, SchemaFilter filter) {
        DatabaseConnection connection = database.connection();
        // The engine reports why there is no connection.
        connection.driver().newest();
        if (connection instanceof PostgresConnection postgres) {
            return new PostgresSchema(postgres.dataSource()).snapshot(filter, schema.rights);
        }
        if (options.output.format == Format.SQL) {
            throw new InvalidSettingException("There is no SQL for MongoDB.", "Leave --format sql away.");
        }
        if (schema.rights) {
            throw new InvalidSettingException(
                    "The rights of MongoDB's users are not part of a database.", "Leave --rights away.");
        }
        return ((MongoConnection) connection).schema().snapshot(filter);
    }

    private void print(SchemaSnapshot snapshot, String text, Answer answer) {
        switch (options.output.format) {
            case JSON -> answer.printJson(new Document(snapshot));
            case SQL -> {
                SchemaDdl ddl = PostgresSchema.ddl(snapshot);
                ddl.unwritten().forEach(each -> answer.tell("not written: " + each));
                answer.print(ddl.toString());
            }
            default -> answer.print(text);
        }
    }

    /** It answers in SQL, too. */
    static final class MoreFormats implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec spec) {
            return OutputOptions.withFormats(spec, Format.TEXT, Format.JSON, Format.SQL);
        }
    }

    private static ExitCode update(Path file, String text, Answer answer) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new InvalidSettingException(
                    file + " cannot be written: " + e.getMessage() + ".", "Correct --locations, or the file's rights.");
        }
        answer.tell("Wrote " + file + ".");
        if (answer.isJson()) {
            answer.printJson(Map.of("file", file.toString()));
        }
        return ExitCode.DONE;
    }

    private static ExitCode check(Path file, String text, Answer answer) {
        SchemaTextComparison comparison = new SchemaTextComparison(read(file), text);
        if (!comparison.isPossible()) {
            answer.tell("note: " + file + " was written on "
                    + orUnknown(SchemaTextComparison.server(comparison.expected())) + ", and this is "
                    + SchemaTextComparison.server(text)
                    + ", which has other words for the same; nothing was compared.");
            return done(file, List.of(), answer);
        }
        return done(file, comparison.differences(), answer);
    }

    private static ExitCode done(Path file, List<String> differences, Answer answer) {
        if (answer.isJson()) {
            answer.printJson(Map.of("file", file.toString(), "differences", differences));
        } else if (!differences.isEmpty()) {
            answer.println("The database differs from " + file + " (- is in the file only, + in the database only):");
            differences.forEach(line -> answer.println("  " + line));
            answer.println(
                    "\nWhat to do: If the database is right, write the file again with 'migrations snapshot --update'.");
        }
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String orUnknown(String server) {
        return server.isEmpty() ? "a server that it does not name" : server;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidSettingException(
                    Files.exists(file)
                            ? file + " cannot be read: " + e.getMessage() + "."
                            : "There is no file " + file + " to compare with.",
                    Files.exists(file)
                            ? "It has to be a text in UTF-8, as --update writes it."
                            : "Write it with 'migrations snapshot --update', on a database that is as it should be.");
        }
    }

    /** The answer in JSON. */
    private record Document(
            int majorVersion,
            List<Fact> objects,
            Map<String, Integer> unread,
            List<SchemaGap> notReadable,
            List<String> leftOut) {

        Document(SchemaSnapshot snapshot) {
            this(
                    snapshot.majorVersion(),
                    snapshot.facts().stream().map(Fact::of).toList(),
                    snapshot.unread(),
                    snapshot.gaps(),
                    snapshot.leftOut());
        }
    }

    /** One object, or a part of one. */
    private record Fact(
            FactKind kind, List<String> path, @Nullable List<String> parent, Map<String, String> attributes) {

        static Fact of(SchemaFact fact) {
            return new Fact(
                    fact.id().kind(),
                    fact.id().path(),
                    fact.parent() == null ? null : fact.parent().path(),
                    fact.attributes());
        }
    }
}
