package io.mhras.migrations;

/** What to do with a migration that was never applied although a newer one was. */
public enum OutOfOrder {
    /** Refuse to run, and name it. */
    FAIL,
    /** Apply it now. */
    APPLY
}
