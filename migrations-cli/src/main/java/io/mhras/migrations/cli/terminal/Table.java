package io.mhras.migrations.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in aligned columns; the last column takes what is left of the line, and wraps between words. */
public final class Table {

    private static final String GAP = "  ";
    private static final int LEAST_LAST_COLUMN = 20;

    private final int width;
    private final List<String[]> rows = new ArrayList<>();

    public Table(int width, String... titles) {
        this.width = width;
        rows.add(titles);
    }

    public void add(String... cells) {
        rows.add(cells);
    }

    /** A line of text is what comes out for the index of each line's row; see {@link #lines()}. */
    public record Line(int row, String text) {}

    /** The lines, the titles first, each with the number of its row. */
    public List<Line> lines() {
        int columns = rows.get(0).length;
        int[] widths = new int[columns - 1];
        for (String[] row : rows) {
            for (int i = 0; i < columns - 1; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        int indent = Arrays.stream(widths).map(one -> one + GAP.length()).sum();
        return width - indent < LEAST_LAST_COLUMN ? narrowLines(widths) : wideLines(widths, indent);
    }

    private List<Line> wideLines(int[] widths, int indent) {
        List<Line> lines = new ArrayList<>();
        for (int number = 0; number < rows.size(); number++) {
            String[] row = rows.get(number);
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(padded(row[i], widths[i])).append(GAP);
            }
            if (longestWord(row[widths.length]) > width - indent) {
                lines.add(new Line(number, line.toString().stripTrailing()));
                lines.addAll(below(number, row[widths.length]));
                continue;
            }
            List<String> last = wrap(row[widths.length], width - indent);
            lines.add(new Line(number, (line + last.get(0)).stripTrailing()));
            for (String more : last.subList(1, last.size())) {
                lines.add(new Line(number, " ".repeat(indent) + more));
            }
        }
        return lines;
    }

    /** Each cell where it still fits, the last one in lines of its own. */
    private List<Line> narrowLines(int[] widths) {
        List<Line> lines = new ArrayList<>();
        for (int number = 0; number < rows.size(); number++) {
            String[] row = rows.get(number);
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                if (!line.isEmpty() && line.length() + row[i].length() > width) {
                    lines.add(new Line(number, line.toString().stripTrailing()));
                    line.setLength(0);
                    line.append(GAP);
                }
                line.append(padded(row[i], widths[i])).append(GAP);
            }
            if (!line.toString().isBlank()) {
                lines.add(new Line(number, line.toString().stripTrailing()));
            }
            lines.addAll(below(number, row[widths.length]));
        }
        return lines;
    }

    /** A cell in lines of its own. */
    private List<Line> below(int number, String cell) {
        return wrap(cell, Math.max(1, width - GAP.length())).stream()
                .map(line -> new Line(number, GAP + line))
                .toList();
    }

    private static int longestWord(String cell) {
        return Arrays.stream(cell.split(" ")).mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }

    /** Breaks between words; a word that is longer than a line after a punctuation character in it, if there is one. */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            String rest = word;
            while (rest.length() > width) {
                int end = breakIn(rest, width);
                lines.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    private static int breakIn(String word, int width) {
        for (int end = width; end > width / 2; end--) {
            if (!Character.isLetterOrDigit(word.charAt(end - 1))) {
                return end;
            }
        }
        return width;
    }

    /** All lines, as they are. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lines().forEach(line -> text.append(line.text()).append('\n'));
        return text.toString();
    }
}
