package io.mhras.migrations.engine;

import java.util.ArrayList;
import java.util.List;

/** Shows where two texts differ: the lines between their common beginning and their common end. */
final class TextDiff {

    private static final int CONTEXT_LINES = 2;
    private static final int MAX_LINES_PER_SIDE = 12;

    private TextDiff() {}

    /** Lines with a {@code -} are in the old text only, lines with a {@code +} in the new one only. */
    static String between(String oldText, String newText) {
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
        List<String> shown = new ArrayList<>();
        shown.add("@@ from line " + (Math.max(0, start - CONTEXT_LINES) + 1) + " @@");
        append(shown, "  ", oldLines.subList(Math.max(0, start - CONTEXT_LINES), start));
        append(shown, "- ", oldLines.subList(start, oldLines.size() - end));
        append(shown, "+ ", newLines.subList(start, newLines.size() - end));
        int tail = oldLines.size() - end;
        append(shown, "  ", oldLines.subList(tail, Math.min(oldLines.size(), tail + CONTEXT_LINES)));
        return String.join("\n", shown);
    }

    private static void append(List<String> shown, String mark, List<String> lines) {
        lines.stream().limit(MAX_LINES_PER_SIDE).forEach(line -> shown.add(mark + line));
        if (lines.size() > MAX_LINES_PER_SIDE) {
            shown.add(mark + "... " + (lines.size() - MAX_LINES_PER_SIDE) + " more lines");
        }
    }
}
