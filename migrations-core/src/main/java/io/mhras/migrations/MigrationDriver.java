package io.mhras.migrations;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A kind of database: reads the history without a lock, and opens sessions that change things. Thread-safe.
 *
 * <p>Everything it throws is a {@link MigrationException}.
 */
public interface MigrationDriver extends MigrationHistory {

    /** The name of the logger that reports a wait for the migration lock: worth keeping where the rest is silenced. */
    String LOCK_LOG = MigrationDriver.class.getPackageName() + ".lock";

    /** What the history calls a service that does not state its name. */
    String UNNAMED = "migrations";

    /** The kind of database that it is for. */
    DatabaseKind kind();

    /** The name under which users know the database: that of its kind, or, of several of a kind, one of its own. */
    String database();

    /** The same driver for the same database, which users know by this name. */
    MigrationDriver named(String name);

    /** What tells this database from all others, on whichever way it is reached; empty if this kind does not tell. */
    default Optional<String> identity() {
        return Optional.empty();
    }

    /** What its scripts are written in. */
    ScriptLanguage language();

    /** What the history calls this service; empty if it does not state its name. */
    default String application() {
        return "";
    }

    /** How another history is chosen than the one in use: which settings name it, as advice. */
    default String historyOfItsOwn() {
        return "Give this service a history of its own.";
    }

    /** Whether a migration's body may be {@link MigrationCode}. */
    default boolean runsCode() {
        return false;
    }

    /** What migrates the database at this moment, in whichever process; empty if nothing does. Takes no lock. */
    Optional<MigrationActivity> activity();

    /**
     * The health of the database: sizes, indexes, what needs care. Writes nothing, and waits for no other session. Empty
     * if this kind of database does not report it.
     */
    Optional<DatabaseHealth> health();

    /** Reads what is in the database beside the history: what other tools have left. */
    TableReader tables();

    /**
     * What the plan's scripts would do, as {@link MigrationSession#execute} would do it now. Takes no lock, and writes nothing.
     *
     * @throws MigrationException.InvalidMigration if a script is one that cannot run as it is
     */
    MigrationPreview preview(MigrationPlan plan);

    /**
     * Runs the checks of these migrations, whose {@code .verify} scripts have to be there: each by itself, in what may only
     * read, and is rolled back. Takes no lock; sees only what is committed.
     *
     * @param timeout how long a statement may run; zero for no limit
     * @param results are told of each check as it is done, in their order
     * @throws MigrationException.Refused if this kind of database has no checks to run
     */
    default void verify(List<Migration> migrations, Duration timeout, Consumer<VerificationResult.Check> results) {
        throw new MigrationException.Refused(
                "The checks of " + database() + " cannot be run later: its driver does not support that.",
                "They are run when their migrations are applied.");
    }

    /** Whether it records what the database's structure is at the end of each run that changes something. */
    default boolean watchesStructure() {
        return false;
    }

    /**
     * What the database's structure is now, as a fingerprint: what comes before its first colon tells which servers' it can be
     * compared with. Empty if it is not watched. Takes no lock, and writes nothing.
     */
    default Optional<String> structure() {
        return Optional.empty();
    }

    /** What {@link MigrationSession#clean} would drop now, one object per item. Takes no lock, and writes nothing. */
    List<String> cleanable();

    /**
     * Takes the lock, waiting while another process holds it, and makes the history ready to be written.
     *
     * @param observer is notified of what the session does and of what its scripts say
     * @param isDone whether nothing is left to do, by the newest entry; asked while another process holds the lock
     * @return empty if another process has done it all, and the lock is no longer needed
     * @throws MigrationException.TimedOut if a limit was set for the wait and it ran out
     */
    Optional<MigrationSession> open(MigrationSession.Observer observer, Predicate<HistoryEntry> isDone);

    /** The same; waits for the lock in any case. */
    default MigrationSession open(MigrationSession.Observer observer) {
        return open(observer, newest -> false).orElseThrow();
    }
}
