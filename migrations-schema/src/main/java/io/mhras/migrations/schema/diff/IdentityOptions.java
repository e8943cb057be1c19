package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.SchemaFact;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The options of an identity column's sequence, as SET changes them. */
final class IdentityOptions {

    private IdentityOptions() {}

    static String change(SchemaFact before, SchemaFact after) {
        Map<String, String> wanted = of(after);
        Map<String, String> there = of(before);
        StringJoiner sets = new StringJoiner(" ");
        set(sets, "INCREMENT BY", "increment", "1", there, wanted);
        set(sets, "MINVALUE", "minimum", "", there, wanted);
        set(sets, "MAXVALUE", "maximum", "", there, wanted);
        set(sets, "START WITH", "start", "1", there, wanted);
        set(sets, "CACHE", "cache", "1", there, wanted);
        if (there.containsKey("cycle") != wanted.containsKey("cycle")) {
            sets.add(wanted.containsKey("cycle") ? "SET CYCLE" : "SET NO CYCLE");
        }
        return sets.toString();
    }

    /** @param usual what it is without being set; empty for what NO says */
    private static void set(
            StringJoiner sets,
            String word,
            String option,
            String usual,
            Map<String, String> there,
            Map<String, String> wanted) {
        String value = wanted.get(option);
        if (!Objects.equals(there.get(option), value)) {
            sets.add("SET "
                    + (value != null ? word + " " + value : usual.isEmpty() ? "NO " + word : word + " " + usual));
        }
    }

    private static Map<String, String> of(SchemaFact column) {
        Map<String, String> options = new LinkedHashMap<>();
        @Nullable String text = column.attribute("identity options");
        if (text != null) {
            for (String option : text.split(", ", -1)) {
                int space = option.indexOf(' ');
                options.put(
                        space < 0 ? option : option.substring(0, space), space < 0 ? "" : option.substring(space + 1));
            }
        }
        return options;
    }
}
