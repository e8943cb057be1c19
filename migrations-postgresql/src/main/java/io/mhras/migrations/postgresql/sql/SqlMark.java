package io.mhras.migrations.postgresql.sql;

/** The place in the script of a text's character from which on the text does not continue its file's line of text. */
record SqlMark(int index, SqlPosition position) {

    SqlMark moved(int by) {
        return new SqlMark(index + by, position);
    }
}
