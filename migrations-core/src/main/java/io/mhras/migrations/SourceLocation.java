package io.mhras.migrations;

/**
 * A place in a migration file.
 *
 * @param file the file as the loader found it, for example {@code classpath:db/migration/001_initial.sql}
 * @param line the line, from 1; 0 where the whole file is meant
 * @param column the column in Unicode code points, from 1; 0 where the whole line is meant
 */
public record SourceLocation(String file, int line, int column) {

    /** The whole file. */
    public static SourceLocation of(String file) {
        return new SourceLocation(file, 0, 0);
    }

    /** {@code file}, {@code file:line} or {@code file:line:column}. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (line > 0 && column > 0 ? ":" + column : "");
    }
}
