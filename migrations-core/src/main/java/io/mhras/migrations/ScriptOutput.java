package io.mhras.migrations;

/**
 * Something that a script says while it runs: what {@code print} or {@code console.log} writes in MongoDB's scripts, and
 * what {@code RAISE} and the server itself report in PostgreSQL's.
 *
 * @param text as the script or the server wrote it; foreign text, which may hold control characters
 */
public record ScriptOutput(Level level, String text) {

    /** Who has to see it. */
    public enum Level {
        /** Nobody, as a rule: a remark of the server, such as {@code RAISE NOTICE}. */
        NOTICE,
        /** Whoever runs the script: it printed this on purpose, such as {@code print} or {@code RAISE INFO}. */
        PRINTED,
        /** Whoever is responsible for the database: {@code RAISE WARNING}, {@code console.warn}. */
        WARNING
    }
}
