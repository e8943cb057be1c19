package io.mhras.migrations;

import java.util.List;
import java.util.Optional;

/** One connection that holds the lock until it is closed. For one thread. */
public interface MigrationSession extends MigrationHistory, AutoCloseable {

    /** Is notified of what a session does, and of what its scripts say. What it throws stops nothing. */
    @FunctionalInterface
    interface Observer {

        /** What the session does at this moment, from time to time, in a thread of its own. */
        void onActivity(MigrationActivity activity);

        /** A step's script says something; as it comes, and in that order. */
        default void onOutput(MigrationStep step, ScriptOutput output) {}
    }

    /**
     * Checks all steps before the first of them runs.
     *
     * @throws MigrationException.InvalidMigration if a script is one that cannot run as it is
     */
    default void prepare(List<MigrationStep> steps) {}

    /**
     * Runs the step's script and check, and records the event: together or not at all, where the database can.
     *
     * @throws MigrationException.ScriptFailed after what could be undone was undone and the failure was recorded
     */
    HistoryEntry execute(MigrationStep step);

    /** Records the steps' events without running anything: all of them or none. */
    List<HistoryEntry> record(List<MigrationStep> steps);

    /** What the database's structure is now, see {@link MigrationDriver#structure()}; over this session's connection. */
    default Optional<String> structure() {
        return Optional.empty();
    }

    /** Drops everything that migrations could have made, the history too; returns what was dropped, one object per item. */
    List<String> clean();

    /**
     * Ends early what runs in this session; in another thread than that, and perhaps more than once. It ends with a
     * {@link MigrationException.TimedOut}, or as after any other error, and is recorded as failed. What is done stays.
     */
    void stop(Stop how);

    /** How a run ends early. */
    enum Stop {
        /** After the transaction, part or batch at hand. */
        FINISH,
        /** Now: the server gives up what it is doing. */
        CANCEL
    }

    /** Releases the lock, and returns the connection in the state in which it was borrowed. */
    @Override
    void close();
}
