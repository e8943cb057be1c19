package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationException.TimedOut;

/** What a run of the command returns to its caller. */
public enum ExitCode {
    DONE(0),
    FAILED(1),
    USAGE(2),
    REFUSED(3),
    LOCKED(4),
    CANCELLED(130),
    /** What a shell reports of a program that was ended by a closed pipe. */
    UNREAD(141);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number that the process ends with. */
    public int code() {
        return code;
    }

    /** The worse of the two. */
    public ExitCode orWorse(ExitCode other) {
        return other.code > code ? other : this;
    }

    /** What a failure leads to. */
    public static ExitCode of(MigrationException failure) {
        if (failure instanceof TimedOut) {
            return Thread.currentThread().isInterrupted() ? CANCELLED : LOCKED;
        }
        return failure instanceof InvalidTarget ? USAGE : FAILED;
    }
}
