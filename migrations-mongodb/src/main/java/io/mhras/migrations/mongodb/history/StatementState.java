package io.mhras.migrations.mongodb.history;

/** What became of a statement. */
public enum StatementState {
    /** It may have been done; or was not yet begun. */
    IN_DOUBT,
    /** No run can find out whether it was done, or what it answered: that is for the user to say. */
    ASKS,
    /** It was done, and answered. */
    DONE
}
