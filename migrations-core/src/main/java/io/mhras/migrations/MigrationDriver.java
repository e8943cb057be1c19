package io.mhras.migrations;

/**
 * A kind of database: reads the history without a lock, and opens sessions that change things. Thread-safe.
 *
 * <p>Everything it throws is a {@link MigrationException}.
 */
public interface MigrationDriver extends MigrationHistory {

    /** The name under which users know it: {@code postgresql}, {@code mongodb}. */
    String database();

    /** Whether two texts differ in nothing but comments and white space. */
    boolean sameStatements(String one, String other);

    /**
     * Takes the lock, waiting while another process holds it, and makes the history ready to be written.
     *
     * @throws MigrationException.TimedOut if a limit was set for the wait and it ran out
     */
    MigrationSession open();
}
