package io.mhras.migrations.postgresql.run;

/** What is in progress of a script. */
public enum ScriptPart {
    /** Nothing: what comes next begins a part. */
    NONE,
    /** A transaction of ours. */
    TRANSACTION,
    /** A transaction that the script began itself: its content is up to the script. */
    OWN_TRANSACTION,
    /** A statement outside of any transaction. */
    ALONE,
    /** The same, and the server let it end transactions itself: how much of it is committed is unknown. */
    COMMITTING,
    /** It is done, and its row is not yet written. */
    UNRECORDED;

    /** Whether it was rolled back with a statement that failed, so that it can run again. */
    boolean canRunAgain() {
        return this != COMMITTING && this != UNRECORDED;
    }

    public boolean isOwnTransaction() {
        return this == OWN_TRANSACTION;
    }
}
