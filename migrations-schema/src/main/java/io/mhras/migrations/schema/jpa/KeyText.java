package io.mhras.migrations.schema.jpa;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the server's text of a key or an index says.
 *
 * @param columns in order, without direction
 * @param keys the same as the text has them, each with its direction
 * @param isPlain whether it is of columns alone, and of all rows
 * @param references the table that a foreign key points to; empty for other keys
 * @param referenced its columns
 * @param text all of it
 */
record KeyText(
        List<String> columns,
        List<String> keys,
        boolean isPlain,
        String references,
        List<String> referenced,
        String text) {

    private static final Set<String> DIRECTION = Set.of("asc", "desc", "nulls", "first", "last");
    private static final Pattern WHERE = Pattern.compile("\\) (INCLUDE|WHERE) ");

    static KeyText of(String definition) {
        SqlWords words = SqlWords.of(definition);
        int open = words.words().indexOf("(");
        List<String> columns = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        boolean isPlain = !WHERE.matcher(definition).find();
        int at = open + 1;
        int depth = 1;
        List<String> one = new ArrayList<>();
        while (open >= 0 && at < words.words().size()) {
            String word = words.words().get(at++);
            if (word.equals("(")) {
                depth++;
            } else if (word.equals(")")) {
                depth--;
            }
            if (depth == 0 || depth == 1 && word.equals(",")) {
                columns.add(SqlWords.name(one.get(0)));
                keys.add(String.join(" ", one));
                isPlain &= one.stream().skip(1).allMatch(each -> DIRECTION.contains(each.toLowerCase(Locale.ROOT)));
                one.clear();
                if (depth == 0) {
                    break;
                }
            } else {
                one.add(word);
            }
        }
        StringBuilder references = new StringBuilder();
        List<String> referenced = new ArrayList<>();
        if (words.is(at, "references")) {
            for (at++; at < words.words().size() && !words.is(at, "("); at++) {
                references.append(words.words().get(at));
            }
            for (at++; at < words.words().size() && !words.is(at, ")"); at++) {
                if (!words.is(at, ",")) {
                    referenced.add(SqlWords.name(words.words().get(at)));
                }
            }
        }
        return new KeyText(
                List.copyOf(columns),
                List.copyOf(keys),
                isPlain,
                references.toString(),
                List.copyOf(referenced),
                definition);
    }

    /** Whether the columns are the same, in any order. */
    boolean hasTheColumnsOf(KeyText other) {
        return columns.size() == other.columns.size() && Set.copyOf(columns).equals(Set.copyOf(other.columns));
    }

    /** Whether both are foreign keys that relate the same columns. */
    boolean relatesAs(KeyText other) {
        return !references.isEmpty() && references.equals(other.references) && pairs().equals(other.pairs());
    }

    private Set<String> pairs() {
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i < Math.min(columns.size(), referenced.size()); i++) {
            pairs.add(columns.get(i) + " " + referenced.get(i));
        }
        return pairs;
    }

    /** Whether its first columns are these, so that it finds rows by them. */
    boolean finds(List<String> wanted) {
        return isPlain
                && columns.size() >= wanted.size()
                && Set.copyOf(columns.subList(0, wanted.size())).equals(Set.copyOf(wanted));
    }

    boolean isUnique() {
        return text.startsWith("CREATE UNIQUE INDEX") || text.startsWith("UNIQUE") || text.startsWith("PRIMARY KEY");
    }
}
