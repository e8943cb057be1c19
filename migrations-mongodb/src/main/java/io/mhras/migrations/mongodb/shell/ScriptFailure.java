package io.mhras.migrations.mongodb.shell;

import org.jspecify.annotations.Nullable;

/** A script that ended in an error: where, and what the server said. */
public final class ScriptFailure extends RuntimeException {

    private final String error;
    private final int line;
    private final int column;
    private final @Nullable Integer code;
    private final @Nullable String codeName;

    private final @Nullable String detail;

    /** Not the server's. */
    public ScriptFailure(String error, int line, int column, @Nullable Throwable cause) {
        this(error, line, column, null, null, null, cause);
    }

    public ScriptFailure(
            String error,
            int line,
            int column,
            @Nullable Integer code,
            @Nullable String codeName,
            @Nullable String detail,
            @Nullable Throwable cause) {
        super(error, cause);
        this.error = error;
        this.line = line;
        this.column = column;
        this.code = code;
        this.codeName = codeName;
        this.detail = detail;
    }

    /** The error's name and message, for example {@code TypeError: x is not a function}. */
    public String error() {
        return error;
    }

    /** Of the script, from 1; 0 if not known. */
    public int line() {
        return line;
    }

    /** From 1; 0 if not known. */
    public int column() {
        return column;
    }

    /** The server's error code; null if the error is not the server's. */
    public @Nullable Integer code() {
        return code;
    }

    /** The server's name for the error, for example {@code DuplicateKey}. */
    public @Nullable String codeName() {
        return codeName;
    }

    /** What the server reported besides its message; null if nothing. */
    public @Nullable String detail() {
        return detail;
    }
}
