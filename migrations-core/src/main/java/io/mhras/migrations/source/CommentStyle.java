package io.mhras.migrations.source;

/** How comments are written in a language of scripts. */
enum CommentStyle {
    SQL("--"),
    JAVASCRIPT("//");

    private final String lineComment;

    CommentStyle(String lineComment) {
        this.lineComment = lineComment;
    }

    /** The style of files with this ending. */
    static CommentStyle of(String extension) {
        return extension.equalsIgnoreCase("js") ? JAVASCRIPT : SQL;
    }

    /** What begins a comment that goes to the end of the line. */
    String lineComment() {
        return lineComment;
    }

    /** Whether a block comment may have others in it: in PostgreSQL it may. */
    boolean nests() {
        return this == SQL;
    }
}
