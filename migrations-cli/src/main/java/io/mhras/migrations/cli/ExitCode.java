package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationException.TimedOut;

/** What a run of the command returns to its caller. */
enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "it failed, or check or validate found something"),
    USAGE(2, "wrong usage"),
    REFUSED(3, "refused by the user"),
    LOCKED(4, "waiting for another process that migrates ran out"),
    CANCELLED(130, "cancelled");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    ExitCode orWorse(ExitCode other) {
        return other.code > code ? other : this;
    }

    /** For the help text. */
    @Override
    public String toString() {
        return meaning;
    }

    static ExitCode of(MigrationException failure) {
        if (failure instanceof TimedOut) {
            return Thread.currentThread().isInterrupted() ? CANCELLED : LOCKED;
        }
        return failure instanceof InvalidTarget ? USAGE : FAILED;
    }
}
