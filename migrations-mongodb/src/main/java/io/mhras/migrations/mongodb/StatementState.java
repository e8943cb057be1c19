package io.mhras.migrations.mongodb;

/** What became of a statement. */
enum StatementState {
    /** It may have been done; or was not yet begun. */
    IN_DOUBT,
    /** The server refused a part of it, and may have done another part. */
    DONE_IN_PART,
    /** A run could not find out whether it was done, and stopped. */
    ASKS,
    /** It was done, and answered. */
    DONE
}
