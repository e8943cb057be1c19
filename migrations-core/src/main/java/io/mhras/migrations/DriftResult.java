package io.mhras.migrations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the structure of a database is what it was at the end of the newest run, by its fingerprint.
 *
 * @param database its name
 * @param at when it was compared
 * @param state what came out
 * @param observedAt when the structure was recorded that it was compared with; null if there is none
 * @param explanation what came out in a sentence or two, with what to do
 */
public record DriftResult(
        String database, Instant at, State state, @Nullable Instant observedAt, String explanation) {

    /** What a comparison can come to. */
    public enum State {
        /** It is the same. */
        SAME,
        /** Something has changed it since. */
        DRIFTED,
        /** There is nothing that it could be compared with. */
        UNKNOWN
    }
}
