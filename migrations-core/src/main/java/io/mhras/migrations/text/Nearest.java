package io.mhras.migrations.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds which of several names the user may have meant. */
public final class Nearest {

    private static final int MOST_SUGGESTIONS = 3;

    private Nearest() {}

    /** The names that begin with the text; if there are none, those that a typing error or two lead to; the nearest first. */
    public static List<String> to(String text, Collection<String> names) {
        List<String> longer = text.isEmpty()
                ? List.of()
                : names.stream().filter(name -> name.startsWith(text)).sorted().toList();
        if (!longer.isEmpty()) {
            return longer;
        }
        int most = Math.max(2, text.length() / 3);
        return names.stream()
                .filter(name -> distance(text, name) <= most)
                .sorted(Comparator.<String>comparingInt(name -> distance(text, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_SUGGESTIONS)
                .toList();
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
