package io.mhras.migrations.source;

import java.util.Map;

/**
 * What to write for which {@code ${name}}.
 *
 * <p>A value is not looked through again. Lines keep their numbers as long as no value has a line break; columns are
 * those of the text with the values in it.
 */
record Placeholders(Map<String, String> values) {

    Placeholders {
        values = Map.copyOf(values);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** The text with the values of declared placeholders; all others stay as they are. */
    String replaceIn(String text) {
        StringBuilder replaced = new StringBuilder(text.length());
        int copied = 0;
        int start = text.indexOf("${");
        while (start >= 0) {
            int end = text.indexOf('}', start);
            String value = end < 0 ? null : values.get(text.substring(start + 2, end));
            if (value != null) {
                replaced.append(text, copied, start).append(value);
                copied = end + 1;
            }
            start = text.indexOf("${", value == null ? start + 2 : copied);
        }
        return replaced.append(text, copied, text.length()).toString();
    }
}
