package io.mhras.migrations.schema.report;

import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.schema.FactId;
import java.time.Duration;
import java.util.List;

/**
 * What one statement of a migration did, as a server without other users said.
 *
 * <p>Relations that the migration has made itself, and temporary ones, are in {@code made} and {@code dropped} only:
 * nobody else waits for them.
 *
 * @param number which of the script's statements it is, from 1
 * @param text as it was sent
 * @param transaction which of the script's transactions it ran in, from 1, where what it locks stays locked to the end; 0
 *     if it ran outside of any
 * @param elapsed how long it took; with few rows, so that it says nothing of a live database
 * @param rows how many it changed or returned
 * @param locks what it locked, or locked more strongly than the statements before it in its transaction
 * @param rewritten tables and materialized views that it wrote anew, with all their indexes
 * @param rebuilt indexes that it built anew, other than those of rewritten tables
 * @param scans tables that it read as a whole
 * @param made what was there after it, and not before; what came with a table, its columns and indexes, is not listed
 * @param dropped what was there before it, and not after; what went with a table, its columns and indexes, is not listed
 * @param renamed what has another name, or stands in another schema
 */
public record StatementFacts(
        int number,
        SourceLocation location,
        String text,
        int transaction,
        Duration elapsed,
        long rows,
        List<RelationLock> locks,
        List<FactId> rewritten,
        List<FactId> rebuilt,
        List<TableScan> scans,
        List<FactId> made,
        List<FactId> dropped,
        List<Rename> renamed) {

    /** That an object has another name, or stands in another schema. */
    public record Rename(FactId before, FactId after) {}

    public StatementFacts {
        locks = List.copyOf(locks);
        rewritten = List.copyOf(rewritten);
        rebuilt = List.copyOf(rebuilt);
        scans = List.copyOf(scans);
        made = List.copyOf(made);
        dropped = List.copyOf(dropped);
        renamed = List.copyOf(renamed);
    }

    /** Whether it ran in a transaction, with those before it. */
    public boolean inTransaction() {
        return transaction > 0;
    }
}
