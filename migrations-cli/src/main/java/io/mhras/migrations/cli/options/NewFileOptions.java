package io.mhras.migrations.cli.options;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a new migration file is about, and its version. */
public final class NewFileOptions {

    @Option(
            names = {"-m", "--message"},
            paramLabel = "WORDS",
            description = "What the migration does; the same as without -m.")
    private @Nullable String message;

    @Option(
            names = {"--version", "--rev-id"},
            paramLabel = "VERSION",
            description = "Its version. Default: the next one, as wide as the others; a time where they are times.")
    public @Nullable String version;

    // Here --version has another meaning, so that the usual help options cannot be mixed in.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    boolean help;

    /**
     * The words given with {@code -m} or without it; null if neither.
     *
     * @param given the words after the verb
     * @throws InvalidSettingException if both are given
     */
    public @Nullable String words(List<String> given) {
        if (message != null && !given.isEmpty()) {
            throw new InvalidSettingException(
                    "The words are given twice: '" + message + "' and '" + String.join(" ", given) + "'.",
                    "Leave out -m, or put quotes around all the words after it.");
        }
        return message == null && !given.isEmpty() ? String.join(" ", given) : message;
    }
}
