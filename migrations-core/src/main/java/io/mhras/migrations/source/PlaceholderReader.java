package io.mhras.migrations.source;

import java.io.CharArrayReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Map;

/** A text with the values of declared placeholders in it. It looks ahead as far as the longest name reaches. */
final class PlaceholderReader extends Reader {

    private final Reader text;
    private final Map<String, String> values;
    private final int lookAhead;
    private final char[] chars;
    private int next;
    private int limit;
    private Reader stretch = Reader.nullReader();

    private PlaceholderReader(Reader text, Map<String, String> values) {
        this.text = text;
        this.values = values;
        this.lookAhead = values.keySet().stream().mapToInt(String::length).max().orElse(0) + "${}".length();
        this.chars = new char[8192 + lookAhead];
    }

    static Reader of(Reader text, Map<String, String> values) {
        return new PlaceholderReader(text, values);
    }

    @Override
    public int read(char[] target, int from, int length) throws IOException {
        int count = stretch.read(target, from, length);
        while (count < 0 && goesOn()) {
            count = stretch.read(target, from, length);
        }
        return count;
    }

    /** Begins the next part: a value, or the text up to the next dollar sign. */
    private boolean goesOn() throws IOException {
        if (limit - next < lookAhead) {
            readOn();
        }
        String name = Placeholders.nameAt(chars, next, Math.min(limit, next + lookAhead));
        String value = name == null ? null : values.get(name);
        int end = next + 1;
        if (name != null && value != null) {
            end = next + name.length() + "${}".length();
            stretch = new StringReader(value);
        } else {
            while (end < limit && chars[end] != '$') {
                end++;
            }
            stretch = new CharArrayReader(chars, next, Math.min(end, limit) - next);
        }
        boolean goesOn = next < limit;
        next = Math.min(end, limit);
        return goesOn;
    }

    private void readOn() throws IOException {
        limit -= next;
        System.arraycopy(chars, next, chars, 0, limit);
        next = 0;
        for (int read = 0; read >= 0 && limit < chars.length; limit += Math.max(0, read)) {
            read = text.read(chars, limit, chars.length - limit);
        }
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
