package io.mhras.migrations.source;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Map;

/** A text with the values of declared placeholders in it. It looks ahead as far as the longest name reaches. */
final class PlaceholderReader extends Reader {

    private static final int BUFFER_CHARS = 8192;

    private final Reader text;
    private final Map<String, String> values;
    private final int lookAhead;
    private final char[] chars;
    private int next;
    private int limit;
    private Reader value = Reader.nullReader();

    private PlaceholderReader(Reader text, Map<String, String> values) {
        this.text = text;
        this.values = values;
        this.lookAhead = values.keySet().stream().mapToInt(String::length).max().orElse(0) + "${}".length();
        this.chars = new char[BUFFER_CHARS + lookAhead];
    }

    static Reader of(Reader text, Map<String, String> values) {
        return new PlaceholderReader(text, values);
    }

    @Override
    public int read(char[] target, int from, int length) throws IOException {
        int count = value.read(target, from, length);
        while (count < 0 && startsValue()) {
            count = value.read(target, from, length);
        }
        return count < 0 ? readPlain(target, from, length) : count;
    }

    private boolean startsValue() throws IOException {
        if (limit - next < lookAhead) {
            readOn();
        }
        int most = Math.min(limit, next + lookAhead);
        if (most - next < 2 || chars[next] != '$' || chars[next + 1] != '{') {
            return false;
        }
        int end = next + 2;
        while (end < most && chars[end] != '}') {
            end++;
        }
        String found = end == most ? null : values.get(new String(chars, next + 2, end - next - 2));
        if (found != null) {
            value = new StringReader(found);
            next = end + 1;
        }
        return found != null;
    }

    private void readOn() throws IOException {
        limit -= next;
        System.arraycopy(chars, next, chars, 0, limit);
        next = 0;
        for (int read = 0; read >= 0 && limit < chars.length; limit += Math.max(0, read)) {
            read = text.read(chars, limit, chars.length - limit);
        }
    }

    private int readPlain(char[] target, int from, int length) {
        int end = Math.min(limit, next + 1);
        while (end < limit && end - next < length && chars[end] != '$') {
            end++;
        }
        int count = end - next;
        System.arraycopy(chars, next, target, from, count);
        next = end;
        return count == 0 ? -1 : count;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
