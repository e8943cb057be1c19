package io.mhras.migrations.schema.report;

import io.mhras.migrations.Migration;

/** Is notified of how far a rehearsal is, in its thread. */
public interface RehearsalListener {

    /** Tells nobody. */
    RehearsalListener NONE = new RehearsalListener() {};

    /** What a rehearsal does one after the other. */
    enum Phase {
        /** What is not rehearsed itself is applied, or a dump loaded. */
        PREPARATION,
        /** Each migration by itself, measured. */
        FIRST_UP,
        /** Each down script, the newest first. */
        DOWN,
        /** All of them once more, as they are applied elsewhere. */
        SECOND_UP,
        /** Each check once more. */
        CHECKS,
        /** From the files of each tag. */
        TAGS
    }

    /** Something is to be known though it is no error. */
    default void onNote(String note) {}

    /**
     * A part begins.
     *
     * @param steps how many steps it has
     */
    default void onPhase(Phase phase, int steps) {}

    /** A migration's turn begins. */
    default void onStep(Phase phase, Migration migration) {}

    /** The files of a tag are next. */
    default void onTag(String tag) {}

    /** A migration was applied and measured, or failed. */
    default void onUp(RehearsedMigration rehearsed) {}

    /** A migration was taken back, or could not be. */
    default void onDown(RehearsedMigration rehearsed) {}
}
