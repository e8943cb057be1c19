package io.mhras.migrations.schema.report;

import io.mhras.migrations.schema.FactId;

/**
 * A lock that a statement took on a relation that was there before its migration.
 *
 * @param relation a table, view, sequence or index
 * @param mode the strongest that it took
 * @param evidence how that is known
 */
public record RelationLock(FactId relation, LockMode mode, Evidence evidence) {

    /** How a lock is known. */
    public enum Evidence {
        /** The server said so, while the lock was held. */
        MEASURED,
        /** It was too short to be seen, outside of a transaction; PostgreSQL's manual says so of such a statement. */
        KNOWN
    }

    @Override
    public String toString() {
        return mode + " on " + relation;
    }
}
