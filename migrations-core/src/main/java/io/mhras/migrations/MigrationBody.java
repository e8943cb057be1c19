package io.mhras.migrations;

import org.jspecify.annotations.Nullable;

/**
 * What a migration does, in one direction: a script, or code.
 *
 * <p>A script's text is kept in the history, previewed, and written into offline scripts. Code has no text: the history
 * keeps its revision, a preview names it without running it, and an offline script cannot have it.
 */
public sealed interface MigrationBody permits MigrationScript, MigrationCode {

    /** What the history and logs call it, for example {@code 001_initial.sql}. */
    String name();

    /** Where it was found, as users would look for it. */
    String location();

    /** Of a script, see {@link Checksum}; of code, the checksum of the revision that its author states. */
    String checksum();

    /** The revision that the author of code states; null for a script. */
    default @Nullable String revision() {
        return null;
    }
}
