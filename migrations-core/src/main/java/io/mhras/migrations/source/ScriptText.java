package io.mhras.migrations.source;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.source.HeaderScanner.CommentStyle;
import io.mhras.migrations.text.VisibleText;
import java.util.List;

/** Builds the text of a new script. */
final class ScriptText {

    private final CommentStyle language;
    private final StringBuilder text = new StringBuilder();

    ScriptText(CommentStyle language) {
        this.language = language;
    }

    /** The user's words about it, which must not be read as an option. */
    ScriptText title(String words) {
        return comment(words.strip().replaceAll("\\s+", " ").replaceFirst("(?i)^migrate:", "migrate "));
    }

    ScriptText comment(String line) {
        text.append(language.lineComment())
                .append(' ')
                .append(VisibleText.oneLine(line))
                .append('\n');
        return this;
    }

    ScriptText requires(List<MigrationVersion> versions) {
        return versions.isEmpty()
                ? this
                : comment("migrate:" + HeaderOption.Key.REQUIRES + " "
                        + versions.stream().map(MigrationVersion::toString).collect(joining(", ")));
    }

    /** A statement that fails: an unwritten script would use up its version, and its change would never be made. */
    ScriptText unwritten(String message) {
        text.append(
                switch (language) {
                    case SQL -> "\nDO $$ BEGIN RAISE EXCEPTION '" + message + "'; END $$;\n";
                    case JAVASCRIPT -> "\nthrow new Error(\"" + message + "\");\n";
                });
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
