package io.mhras.migrations.source;

import java.io.Reader;
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

    /** The text with the values of declared placeholders; all others stay as they are. */
    Reader replaceIn(Reader text) {
        return values.isEmpty() ? text : PlaceholderReader.of(text, values);
    }
}
