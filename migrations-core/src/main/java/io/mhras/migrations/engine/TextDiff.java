package io.mhras.migrations.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** Shows where two texts differ: the lines between their common beginning and their common end. */
final class TextDiff {

    private static final int CONTEXT_LINES = 2;
    private static final int MAX_LINES_PER_SIDE = 12;

    private TextDiff() {}

    /** Lines with a {@code -} are in the old text only, lines with a {@code +} in the new one only. */
    static String between(String oldText, String newText) {
        return between(oldText, newText, UnaryOperator.identity());
    }

    /**
     * The same, with what is shown of the texts.
     *
     * @param mask takes out what must not be shown, and keeps the lines
     */
    static String between(String oldText, String newText, UnaryOperator<String> mask) {
        List<String> oldLines = oldText.lines().toList();
        List<String> newLines = newText.lines().toList();
        int shorter = Math.min(oldLines.size(), newLines.size());
        int start = 0;
        while (start < shorter && oldLines.get(start).equals(newLines.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && oldLines.get(oldLines.size() - 1 - end).equals(newLines.get(newLines.size() - 1 - end))) {
            end++;
        }
        List<String> shownOld = shown(oldText, oldLines.size(), mask);
        List<String> shownNew = shown(newText, newLines.size(), mask);
        List<String> shown = new ArrayList<>();
        shown.add("@@ from line " + (Math.max(0, start - CONTEXT_LINES) + 1) + " @@");
        int tail = oldLines.size() - end;
        List<String> removed = shownOld.subList(start, tail);
        List<String> added = shownNew.subList(start, newLines.size() - end);
        append(shown, "  ", shownOld.subList(Math.max(0, start - CONTEXT_LINES), start));
        append(shown, "- ", removed);
        append(shown, "+ ", added);
        append(shown, "  ", shownOld.subList(tail, Math.min(oldLines.size(), tail + CONTEXT_LINES)));
        if (!removed.isEmpty() && removed.equals(added)) {
            shown.add("They differ in values, which are not shown.");
        }
        return String.join("\n", shown);
    }

    private static List<String> shown(String text, int lines, UnaryOperator<String> mask) {
        List<String> shown = mask.apply(text).lines().toList();
        // What cannot be read is not shown at all.
        return shown.size() == lines ? shown : Collections.nCopies(lines, "?");
    }

    private static void append(List<String> shown, String mark, List<String> lines) {
        lines.stream().limit(MAX_LINES_PER_SIDE).forEach(line -> shown.add(mark + line));
        if (lines.size() > MAX_LINES_PER_SIDE) {
            shown.add(mark + "... " + (lines.size() - MAX_LINES_PER_SIDE) + " more lines");
        }
    }
}
