package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationException.TimedOut;

/** What a run of the command returns to its caller. */
enum ExitCode {
    DONE(0),
    FAILED(1),
    USAGE(2),
    REFUSED(3),
    LOCKED(4),
    CANCELLED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    ExitCode orWorse(ExitCode other) {
        return other.code > code ? other : this;
    }

    static ExitCode of(MigrationException failure) {
        if (failure instanceof TimedOut) {
            return Thread.currentThread().isInterrupted() ? CANCELLED : LOCKED;
        }
        return failure instanceof InvalidTarget ? USAGE : FAILED;
    }
}
