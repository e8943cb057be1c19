package io.mhras.migrations.mongodb.shell;

/**
 * A token of a script.
 *
 * @param kind what it is
 * @param text as written there
 * @param line from 1
 * @param column from 1
 * @param startsLine whether only white space and comments precede it on its line
 */
record Token(Kind kind, String text, int line, int column, boolean startsLine) {

    enum Kind {
        WORD,
        SIGN,
        STRING,
        OTHER
    }

    /** Of a string, without its quotes. */
    String value() {
        return kind == Kind.STRING ? text.replaceAll("^.|['\"]$", "") : text;
    }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(word);
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }
}
