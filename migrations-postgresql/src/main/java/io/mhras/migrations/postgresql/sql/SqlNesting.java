package io.mhras.migrations.postgresql.sql;

import org.jspecify.annotations.Nullable;

/** What is open around a semicolon and keeps it from ending the statement: parentheses and the bodies of routines. */
final class SqlNesting {

    private int parentheses;
    private int parenthesesFrom;
    private int blocks;
    private int blocksFrom;

    private int words;
    private boolean create;
    private boolean createOr;
    private boolean createOrReplace;
    private boolean routine;

    boolean isOpen() {
        return parentheses > 0 || blocks > 0;
    }

    void reset() {
        parentheses = 0;
        blocks = 0;
        resetWords();
    }

    void resetWords() {
        words = 0;
        create = false;
        createOr = false;
        createOrReplace = false;
        routine = false;
    }

    void openParenthesis(int index) {
        if (parentheses++ == 0) {
            parenthesesFrom = index;
        }
    }

    void closeParenthesis() {
        if (parentheses > 0) {
            parentheses--;
        }
    }

    /**
     * Counts {@code BEGIN} and {@code CASE} against {@code END}, by the rule of psql's scanner: only in a statement whose
     * first words are {@code CREATE [OR REPLACE] FUNCTION|PROCEDURE}, and only outside parentheses.
     */
    void word(SqlLexer word, int index) {
        if (words < 4) {
            switch (words++) {
                case 0 -> create = word.isWord("create");
                case 1 -> {
                    createOr = create && word.isWord("or");
                    routine = create && isRoutine(word);
                }
                case 2 -> createOrReplace = createOr && word.isWord("replace");
                default -> routine |= createOrReplace && isRoutine(word);
            }
        }
        if (!routine || parentheses > 0) {
            return;
        }
        if (word.isWord("begin")) {
            if (blocks++ == 0) {
                blocksFrom = index;
            }
        } else if (blocks > 0 && word.isWord("case")) {
            blocks++;
        } else if (blocks > 0 && word.isWord("end")) {
            blocks--;
        }
    }

    private static boolean isRoutine(SqlLexer word) {
        return word.isWord("function") || word.isWord("procedure");
    }

    /** What has been left open, seen from the statement's beginning. */
    @Nullable Open open() {
        if (blocks > 0) {
            return new Open("BEGIN", blocksFrom);
        }
        return parentheses > 0 ? new Open("parenthesis", parenthesesFrom) : null;
    }

    /** An opening and the index at which it stands. */
    record Open(String what, int index) {}
}
