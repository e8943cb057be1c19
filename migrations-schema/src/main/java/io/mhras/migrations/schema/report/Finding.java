package io.mhras.migrations.schema.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something about a migration that is to be known before it meets a database that others use.
 *
 * @param rule the name of the kind of finding, for example {@code lock}
 * @param severity how bad it may be
 * @param version the migration that it is about
 * @param script the name of the script that it is about
 * @param file where that is, as it is found
 * @param line where in the file; 0 for the whole of it
 * @param statement the statement's text; null if it is about none
 * @param facts what it stands on, by name
 * @param text what it is, with where that was measured, in a sentence
 */
public record Finding(
        String rule,
        Severity severity,
        String version,
        String script,
        String file,
        int line,
        @Nullable String statement,
        Map<String, String> facts,
        String text) {

    /** How bad it may be. */
    public enum Severity {
        /** An outage or the loss of data is likely, on a table of some size. */
        ERROR,
        /** It needs a look. */
        WARNING,
        /** Good to know. */
        ADVICE
    }

    public Finding {
        facts = Map.copyOf(facts);
    }

    /** Where it is: the script's name, and the line in it. */
    public String place() {
        return line == 0 ? script : script + ":" + line;
    }
}
