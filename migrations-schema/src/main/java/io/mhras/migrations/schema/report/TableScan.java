package io.mhras.migrations.schema.report;

import io.mhras.migrations.schema.FactId;
import org.jspecify.annotations.Nullable;

/**
 * That a statement read a whole table that was there before its migration.
 *
 * @param table what it read
 * @param under the strongest lock that the transaction held on it at the end of the statement; null if that was not seen
 */
public record TableScan(FactId table, @Nullable LockMode under) {

    /** Whether others had to wait for it to end. */
    public boolean blocksOthers() {
        return under != null && under.blocksWrites();
    }
}
