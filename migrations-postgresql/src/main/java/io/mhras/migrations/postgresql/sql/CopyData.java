package io.mhras.migrations.postgresql.sql;

import java.io.IOException;
import java.io.Reader;

/** The data that follow a {@code COPY ... FROM STDIN} in a script, up to a line {@code \.} or the script's end. */
public final class CopyData extends Reader {

    private final SqlWindow window;
    private int position;
    private boolean atLineStart = true;
    private boolean ended;

    CopyData(SqlWindow window, int position) {
        this.window = window;
        this.position = position;
    }

    /** Whether such data follow this statement. The server accepts STDOUT for STDIN here, so it counts, too. */
    static boolean follow(SqlLexer statement) {
        statement.nextSignificant();
        if (!statement.isWord("copy")) {
            return false;
        }
        SqlLexer.Kind token = statement.nextSignificant();
        if (statement.isPunctuation('(')) {
            return false;
        }
        int parentheses = 0;
        boolean afterDot = false;
        while (token != SqlLexer.Kind.END) {
            if (statement.isPunctuation('(')) {
                parentheses++;
            } else if (statement.isPunctuation(')')) {
                parentheses--;
            } else if (parentheses == 0 && !afterDot && statement.isWord("from")) {
                statement.nextSignificant();
                return statement.isWord("stdin") || statement.isWord("stdout");
            }
            afterDot = statement.isPunctuation('.');
            token = statement.nextSignificant();
        }
        return false;
    }

    /** No piece ends between the two halves of a character: the driver encodes each piece by itself. */
    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length && !ended) {
            boolean isHalf = done > 0 && Character.isHighSurrogate(target[offset + done - 1]);
            if (atLineStart && isEndMarker()) {
                ended = true;
            } else if (position < window.limit()) {
                int count = lineLength(length - done);
                System.arraycopy(window.chars(), position, target, offset + done, count);
                position += count;
                done += count;
            } else if (window.complete()) {
                ended = true;
            } else if (done > 0 && !isHalf) {
                return done;
            } else {
                position -= window.extend(position);
            }
        }
        if (!ended && done > 1 && Character.isHighSurrogate(target[offset + done - 1])) {
            position--;
            done--;
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    private int lineLength(int most) {
        char[] chars = window.chars();
        int end = Math.min(window.limit(), position + most);
        int i = position;
        while (i < end && chars[i] != '\n') {
            i++;
        }
        atLineStart = i < end;
        return (atLineStart ? i + 1 : end) - position;
    }

    private boolean isEndMarker() throws IOException {
        while (window.limit() - position < 4 && !window.complete()) {
            position -= window.extend(position);
        }
        if (at(position) != '\\' || at(position + 1) != '.') {
            return false;
        }
        int end = position + 2;
        if (at(end) == '\r' && (at(end + 1) == '\n' || at(end + 1) < 0)) {
            end++;
        }
        if (at(end) >= 0 && at(end) != '\n') {
            return false;
        }
        position = Math.min(end + 1, window.limit());
        return true;
    }

    private int at(int index) {
        return index < window.limit() ? window.chars()[index] : -1;
    }

    /** Skips what has not been read, and returns where in the window the script goes on. */
    int leave() throws IOException {
        char[] skipped = new char[8192];
        while (!ended) {
            read(skipped, 0, skipped.length);
        }
        return position;
    }

    @Override
    public void close() {}
}
