package io.mhras.migrations.mongodb.history;

/** The outcome of a statement. */
public enum StatementState {
    /** In doubt: it may have been done, or not even begun. */
    IN_DOUBT,
    /** No run can find out whether it was done, or what it answered: that is for the user to decide. */
    ASKS,
    /** It was done, and answered. */
    DONE
}
