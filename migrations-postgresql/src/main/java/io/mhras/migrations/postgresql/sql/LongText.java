package io.mhras.migrations.postgresql.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * The beginning of a statement that is too long for the window, in pieces: Java keeps a text of one byte a character in
 * half of the memory that its characters take, and a piece need not move to grow.
 */
final class LongText {

    private final List<String> pieces = new ArrayList<>();
    private final List<SqlMark> marks = new ArrayList<>();
    private int length;

    /** Adds a piece, and the marks in it as seen from its beginning. */
    void add(String piece, List<SqlMark> marksInPiece) {
        int before = length;
        marksInPiece.forEach(mark -> marks.add(mark.moved(before)));
        pieces.add(piece);
        length += piece.length();
    }

    int length() {
        return length;
    }

    List<SqlMark> marks() {
        return List.copyOf(marks);
    }

    /** The whole text, and nothing is left here. */
    String take() {
        String text = pieces.size() == 1 ? pieces.get(0) : String.join("", pieces);
        pieces.clear();
        marks.clear();
        length = 0;
        return text;
    }
}
