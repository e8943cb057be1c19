package io.mhras.migrations.postgresql.sql;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;

/**
 * A place in a script: line and column from 1, offset from 0, both in code points, as PostgreSQL counts them.
 *
 * <p>Lines end as they do for PostgreSQL's own error reports: at LF, at CR, and once at CR LF. A tab is one column.
 */
public record SqlPosition(int line, int column, long offset) {

    static final SqlPosition START = new SqlPosition(1, 1, 0);

    /** The place of {@code chars[to]} when this is the place of {@code chars[from]}. */
    SqlPosition after(char[] chars, int from, int to) {
        int newLine = line;
        long newOffset = offset;
        long lineStart = offset - column + 1;
        for (int i = from; i < to; i++) {
            char c = chars[i];
            if (c > '\r') {
                if (c < Character.MIN_LOW_SURROGATE || c > Character.MAX_LOW_SURROGATE) {
                    newOffset++;
                }
                continue;
            }
            newOffset++;
            if (c == '\n' || (c == '\r' && (i + 1 == chars.length || chars[i + 1] != '\n'))) {
                newLine++;
                lineStart = newOffset;
            }
        }
        return new SqlPosition(newLine, (int) (newOffset - lineStart) + 1, newOffset);
    }

    /** Where that is in this script. */
    public SourceLocation in(MigrationScript script) {
        return new SourceLocation(script.location(), line, column);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
