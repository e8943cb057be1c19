package io.mhras.migrations;

/** What a migration's file and its history, taken together, say of it. */
public enum MigrationState {
    /** Has a file, and was never applied. */
    PENDING,
    /** Applied, and the file is the one that ran. */
    APPLIED,
    /** Its script failed, and it is not applied. The next run tries again. */
    FAILED,
    /** Applied, and the file was changed since. */
    CHANGED,
    /** Applied, and only comments or white space of the file were changed since. No error. */
    REFORMATTED,
    /** Applied, and the file is gone, while there are newer files. */
    MISSING,
    /** Applied, and newer than every file: by a newer release. No error. */
    AHEAD,
    /** Not applied, although something newer is. */
    OUT_OF_ORDER,
    /** Marked as applied, without having been run. */
    STAMPED,
    /** Was applied, and was rolled back. The next run applies it again. */
    ROLLED_BACK;

    /** Whether its change is in the database. */
    public boolean isApplied() {
        return switch (this) {
            case APPLIED, CHANGED, REFORMATTED, MISSING, AHEAD, STAMPED -> true;
            case PENDING, FAILED, OUT_OF_ORDER, ROLLED_BACK -> false;
        };
    }

    /** Whether files and history contradict each other, so that a run refuses to start. */
    public boolean isConflict() {
        return this == CHANGED || this == MISSING || this == OUT_OF_ORDER;
    }
}
