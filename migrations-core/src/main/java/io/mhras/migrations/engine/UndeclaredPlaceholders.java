package io.mhras.migrations.engine;

/** What to do about a {@code ${name}} that has no value and is left as it is. */
public enum UndeclaredPlaceholders {
    /** Name it, with file and line. */
    WARN,
    /** Refuse to run. */
    ERROR,
    /** Nothing. */
    IGNORE
}
