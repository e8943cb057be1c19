package io.mhras.migrations.schema.report;

import io.mhras.migrations.schema.SchemaDifference;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rehearsal has shown about one thing that it did.
 *
 * @param duration how long it took
 * @param problem what went wrong, in the words of the engine; null if nothing did
 * @param differences where the schema is not what it had to be; of two schemas the second is what it is
 */
public record Proof(
        Outcome outcome, Duration duration, @Nullable String problem, List<SchemaDifference> differences) {

    /** It was not tried. */
    public static final Proof NOT_REHEARSED = new Proof(Outcome.NOT_REHEARSED, Duration.ZERO, null, List.of());

    /** There is no script that does it. */
    public static final Proof MISSING = new Proof(Outcome.MISSING, Duration.ZERO, null, List.of());

    public Proof {
        differences = List.copyOf(differences);
    }

    /** It was done, and gave this. */
    public static Proof of(Duration duration, List<SchemaDifference> differences) {
        return new Proof(differences.isEmpty() ? Outcome.PROVED : Outcome.DIFFERS, duration, null, differences);
    }

    /** It could not be done. */
    public static Proof failed(Duration duration, String problem) {
        return new Proof(Outcome.FAILED, duration, problem, List.of());
    }

    /** Whether it was tried, and is not as it has to be. */
    public boolean isFailure() {
        return outcome == Outcome.FAILED || outcome == Outcome.DIFFERS;
    }

    /** How it ended. */
    public enum Outcome {
        /** It works, and the schema is what it has to be. */
        PROVED,
        /** It ended with an error. */
        FAILED,
        /** It ran, and the schema is not what it has to be. */
        DIFFERS,
        /** There is no script for it. */
        MISSING,
        /** Something before it failed, or it was not asked for. */
        NOT_REHEARSED
    }
}
