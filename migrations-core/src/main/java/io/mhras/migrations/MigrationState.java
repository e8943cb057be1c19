package io.mhras.migrations;

/** The state of a migration, from its file and its history taken together. */
public enum MigrationState {
    /** Has a file, and was never applied. */
    PENDING(false, false),
    /** Applied, and the file is the one that ran. */
    APPLIED(true, false),
    /** Its script failed, and it is not applied. The next run tries again. */
    FAILED(false, false),
    /** Its script runs, statement by statement, in this process or in another. */
    RUNNING(false, false),
    /** Applied, and the file was changed since. */
    CHANGED(true, true),
    /** Applied, and only comments or white space of the file were changed since. No error. */
    REFORMATTED(true, false),
    /** Applied, and the file is gone, while there are newer files. */
    MISSING(true, true),
    /** Applied, and the file is gone, which was accepted. No error. */
    ARCHIVED(true, false),
    /** Applied, and newer than every file: by a newer release. No error. */
    AHEAD(true, false),
    /** Not applied, although something newer is. */
    OUT_OF_ORDER(false, true),
    /** Marked as applied, without having been run. */
    STAMPED(true, false),
    /** Was applied, and was rolled back. The next run applies it again. */
    ROLLED_BACK(false, false);

    private final boolean applied;
    private final boolean conflict;

    MigrationState(boolean applied, boolean conflict) {
        this.applied = applied;
        this.conflict = conflict;
    }

    /** Whether its change is in the database. */
    public boolean isApplied() {
        return applied;
    }

    /** Whether files and history contradict each other, so that a run refuses to start. */
    public boolean isConflict() {
        return conflict;
    }
}
