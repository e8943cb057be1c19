package io.mhras.migrations.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Compares two texts of {@link SchemaText}, of which one was kept in a file.
 *
 * @param expected the text that was kept
 * @param actual the text of now
 */
public record SchemaTextComparison(String expected, String actual) {

    private static final Pattern HEAD = Pattern.compile("# (?:PostgreSQL \\d+|MongoDB)");

    /** Whether both come from servers of one major version; others write the same schema in other words. */
    public boolean isPossible() {
        return head(expected).equals(head(actual));
    }

    /** The server of a text: "PostgreSQL 18"; empty if the text does not say it. */
    public static String server(String text) {
        return head(text).isEmpty() ? "" : head(text).substring("# ".length());
    }

    private static String head(String text) {
        return text.lines().filter(HEAD.asMatchPredicate()).findFirst().orElse("");
    }

    /**
     * What differs, object by object: {@code +} before what is there now only, {@code -} before what was expected only,
     * {@code ~} before an object that is both, with the lines in which it differs.
     */
    public List<String> differences() {
        Map<String, List<String>> before = paragraphs(expected);
        Map<String, List<String>> after = paragraphs(actual);
        List<String> differences = new ArrayList<>();
        TreeSet<String> titles = new TreeSet<>(before.keySet());
        titles.addAll(after.keySet());
        for (String title : titles) {
            List<String> old = before.get(title);
            List<String> now = after.get(title);
            if (old == null) {
                differences.add("+ " + title);
            } else if (now == null) {
                differences.add("- " + title);
            } else if (!old.equals(now)) {
                differences.add("~ " + title);
                differences.addAll(lines(old, now));
            }
        }
        return List.copyOf(differences);
    }

    private static List<String> lines(List<String> old, List<String> now) {
        List<String> gone = without(old, now);
        List<String> come = without(now, old);
        List<String> lines = new ArrayList<>();
        gone.forEach(line -> lines.add("    - " + line.strip()));
        come.forEach(line -> lines.add("    + " + line.strip()));
        if (lines.isEmpty()) {
            lines.add("    in another order");
        }
        return lines;
    }

    private static List<String> without(List<String> lines, List<String> others) {
        List<String> rest = new ArrayList<>(lines);
        others.forEach(rest::remove);
        return rest;
    }

    private static Map<String, List<String>> paragraphs(String text) {
        Map<String, List<String>> paragraphs = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                current.add(line);
            } else {
                current = new ArrayList<>();
                paragraphs.put(line, current);
            }
        }
        return paragraphs;
    }
}
