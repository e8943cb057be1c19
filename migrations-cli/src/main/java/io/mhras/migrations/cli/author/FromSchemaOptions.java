package io.mhras.migrations.cli.author;

import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.PatternOptions;
import io.mhras.migrations.cli.options.ScratchOptionGroup;
import io.mhras.migrations.schema.MigrationAuthor;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which schema is wanted, and how the way to it is planned. */
public final class FromSchemaOptions {

    @Option(
            names = "--from-schema",
            paramLabel = "FILE",
            description =
                    "The wanted schema of a PostgreSQL database: a file, or a folder of files, with the SQL that makes it in"
                            + " an empty one. It is compared on scratch databases with what the migrations make.")
    private @Nullable Path schema;

    @Option(names = "--output", paramLabel = "-", description = "With - the files are printed, and not written.")
    private @Nullable String output;

    @Option(
            names = "--live",
            description =
                    "Begin with the schema that the database has, not with what the migrations make. All files have to be"
                            + " applied there.")
    private boolean live;

    @Option(
            names = "--save-case",
            paramLabel = "DIR",
            description = "If the files cannot be proved, keep both schemas, the files and the reason in this folder.")
    private @Nullable Path saveCase;

    @Mixin
    private PlanOptions plan = new PlanOptions();

    @Mixin
    private ScratchOptionGroup scratch = new ScratchOptionGroup();

    @Mixin
    private PatternOptions patterns = new PatternOptions();

    /** Whether a schema is wanted at all. */
    public boolean isGiven() {
        return schema != null;
    }

    /** The wanted schema, if there is one. */
    public Path schema() {
        return Objects.requireNonNull(schema);
    }

    /** Whether the files are printed instead of written. */
    public boolean isPrinted() {
        if (output != null && !output.equals("-")) {
            throw new InvalidSettingException(
                    "--output " + output + " is no place for new files.",
                    "Write --output - to see them; without it they are written where the others are.");
        }
        return output != null;
    }

    /** An author who begins where it is said. */
    public MigrationAuthor directed(MigrationAuthor author) {
        MigrationAuthor keeping = saveCase == null ? author : author.keepingFailures(saveCase);
        return live ? keeping.live() : keeping;
    }

    /**
     * Checks that nothing is said that is for new files only.
     *
     * @throws InvalidSettingException if something is
     */
    public void requireNoFiles() {
        String wrong = output != null ? "--output" : saveCase == null ? null : "--save-case";
        if (wrong != null) {
            throw new InvalidSettingException(
                    wrong + " is for 'migrations new': a check writes no files.", "Leave it out.");
        }
    }

    public PlanOptions plan() {
        return plan;
    }

    public ScratchOptionGroup scratch() {
        return scratch;
    }

    public PatternOptions patterns() {
        return patterns;
    }
}
