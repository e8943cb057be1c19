package io.mhras.migrations.source;

import java.io.Reader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of each {@code ${name}}.
 *
 * <p>Values are not searched for placeholders again. Lines keep their numbers as long as no value has a line break;
 * columns are those of the text with the values in it.
 */
record Placeholders(Map<String, String> values) {

    Placeholders {
        values = Map.copyOf(values);
    }

    /** The text with the values of declared placeholders; all others stay as they are. */
    Reader replaceIn(Reader text) {
        return values.isEmpty() ? text : PlaceholderReader.of(text, values);
    }

    /** The name in a placeholder that begins at this index; null if none does, or if it ends too late. */
    static @Nullable String nameAt(char[] text, int start, int limit) {
        int end = start;
        while (end < limit && text[end] != '}') {
            end++;
        }
        boolean isName = end < limit && text[start] == '$' && text[start + 1] == '{';
        return isName ? new String(text, start + 2, end - start - 2) : null;
    }
}
