package io.mhras.migrations.cli.author;

import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.PatternOptions;
import io.mhras.migrations.cli.options.ScratchOptionGroup;
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
