package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import java.util.List;

/** The lines of a script up to an error, with a caret below it. */
public final class ScriptExcerpt {

    private static final int LINES_BEFORE = 3;
    private static final int MAX_WIDTH = 160;

    private ScriptExcerpt() {}

    public static String of(MigrationScript script, SourceLocation place) {
        if (place.line() == 0) {
            return "";
        }
        List<String> lines = script.text().lines().limit(place.line()).toList();
        StringBuilder shown = new StringBuilder("\n");
        for (int i = Math.max(0, lines.size() - LINES_BEFORE); i < lines.size(); i++) {
            shown.append("%6d | %s%n".formatted(i + 1, shorten(lines.get(i).replace('\t', ' '))));
        }
        if (place.column() > 0 && place.column() <= MAX_WIDTH) {
            shown.append("       | ").append(" ".repeat(place.column() - 1)).append("^\n");
        }
        return shown.append('\n').toString();
    }

    private static String shorten(String line) {
        return line.length() <= MAX_WIDTH ? line : line.substring(0, MAX_WIDTH) + "...";
    }
}
