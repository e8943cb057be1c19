package io.mhras.migrations.postgresql.sql;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The part of a script that is in memory, sliding over it, and the places of its characters in the file. */
final class SqlWindow {

    // Most scripts are shorter than the first; a long one is read in pieces of the second.
    private static final int INITIAL_SIZE = 2 * 1024;
    private static final int SIZE = 16 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader reader;
    private final List<SqlMark> marks = new ArrayList<>(2);
    private char[] chars = new char[INITIAL_SIZE];
    private int limit;
    private boolean complete;
    private int known;
    private SqlPosition knownPosition = SqlPosition.START;

    SqlWindow(Reader reader) throws IOException {
        this.reader = reader;
        read();
        if (!complete) {
            chars = Arrays.copyOf(chars, SIZE);
            read();
        }
        if (limit > 0 && chars[0] == BYTE_ORDER_MARK) {
            System.arraycopy(chars, 1, chars, 0, --limit);
        }
    }

    char[] chars() {
        return chars;
    }

    int limit() {
        return limit;
    }

    /** Whether the script's end is in the window. */
    boolean complete() {
        return complete;
    }

    /** Reads on, forgetting what is before {@code keep}, and returns by how much all indexes have moved down. */
    int extend(int keep) throws IOException {
        // one character stays: whether a CR ends a line is known only with the next one
        int shift = Math.max(0, Math.min(keep, limit - 1));
        if (shift > known) {
            positionAt(shift);
        }
        known -= shift;
        marks.removeIf(mark -> mark.index() < shift);
        marks.replaceAll(mark -> mark.moved(-shift));
        char[] kept = chars;
        if (limit - shift > chars.length / 2) {
            chars = new char[chars.length * 2];
        }
        System.arraycopy(kept, shift, chars, 0, limit - shift);
        limit -= shift;
        read();
        return shift;
    }

    private void read() throws IOException {
        while (limit < chars.length) {
            int count = reader.read(chars, limit, chars.length - limit);
            if (count < 0) {
                complete = true;
                return;
            }
            limit += count;
        }
    }

    /** The place of a character, which must not be before the one asked for last. */
    SqlPosition positionAt(int index) {
        for (SqlMark mark : marks) {
            if (mark.index() >= known && mark.index() <= index) {
                known = mark.index();
                knownPosition = mark.position();
            }
        }
        knownPosition = knownPosition.after(chars, known, index);
        known = index;
        return knownPosition;
    }

    /** The marks inside a text, as seen from its beginning. */
    List<SqlMark> marks(int from, int to) {
        if (marks.isEmpty()) {
            return List.of();
        }
        return marks.stream()
                .filter(mark -> mark.index() > from && mark.index() < to)
                .map(mark -> mark.moved(-from))
                .toList();
    }

    /** Takes characters out; those after them keep their place in the file. */
    void cut(int from, int to) {
        SqlPosition after = positionAt(to);
        System.arraycopy(chars, to, chars, from, limit - to);
        limit -= to - from;
        marks.removeIf(mark -> mark.index() >= from && mark.index() <= to);
        marks.replaceAll(mark -> mark.index() < from ? mark : mark.moved(from - to));
        marks.add(new SqlMark(from, after));
        known = from;
    }

    /** Inserts characters that are elsewhere in the file. */
    void insert(int at, String text, SqlPosition position) {
        SqlPosition after = positionAt(at);
        int length = text.length();
        if (limit + length > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(chars.length * 2, limit + length));
        }
        System.arraycopy(chars, at, chars, at + length, limit - at);
        text.getChars(0, length, chars, at);
        limit += length;
        marks.clear();
        marks.add(new SqlMark(at, position));
        marks.add(new SqlMark(at + length, after));
        known = at;
        knownPosition = position;
    }
}
