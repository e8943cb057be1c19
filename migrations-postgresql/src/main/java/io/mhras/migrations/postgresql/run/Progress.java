package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import org.jspecify.annotations.Nullable;

/**
 * How far a script is. Immutable.
 *
 * @param done how many of its statements are committed
 * @param recorded what the newest row of progress says; -1 as long as there is none
 * @param inDoubt which statement an earlier run may have done without recording it; 0 for none, or when this run has
 *     found out
 */
public record Progress(int done, int recorded, int inDoubt) {

    /** A script that no run has begun. */
    public static final Progress NONE = new Progress(0, -1, 0);

    /** How far a run came that did not finish. */
    static Progress of(@Nullable HistoryEntry unfinished) {
        if (unfinished == null || unfinished.statement() == null) {
            return NONE;
        }
        int done = unfinished.statement();
        return new Progress(done, done, unfinished.event() == Event.STARTED ? done + 1 : 0);
    }

    /** Whether there are rows of progress, so that the script is no longer one transaction. */
    public boolean isRecorded() {
        return recorded >= 0;
    }

    /** Whether something is committed, even if it is only what the script begins with. */
    public boolean hasCommitted() {
        return done > 0 || isRecorded();
    }

    Progress withoutDoubt() {
        return new Progress(done, recorded, 0);
    }

    /** The same when so many statements are committed, and no row records it. */
    Progress committed(int statements) {
        return new Progress(statements, recorded, 0);
    }

    /** The same when a row records that so many statements are done. */
    public Progress recorded(int statements) {
        return new Progress(statements, statements, 0);
    }
}
