package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.Hazard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of those that do the work of a plain one.
 *
 * @param sql without its semicolon
 * @param hazards what it can do to a database in use
 * @param isTransactional whether it may run in a transaction
 * @param moment when it may run, beside the others
 * @param why it cannot run together with what comes before it; null if it can
 */
record Piece(
        String sql,
        List<Hazard> hazards,
        boolean isTransactional,
        Moment moment,
        @Nullable String why) {

    /** When a piece may run. */
    enum Moment {
        /** Before what it replaces is taken away. */
        EARLY,
        /** In its turn; what needs the result comes after the last of these. */
        IN_TURN,
        /** When those before it are committed; nothing waits for it. */
        LATER
    }

    Piece {
        hazards = List.copyOf(hazards);
    }

    static Piece plain(String sql, List<Hazard> hazards) {
        return new Piece(sql, hazards, /* isTransactional= */ true, Moment.IN_TURN, /* why= */ null);
    }

    static Piece apart(Moment moment, String sql, String why, Hazard... hazards) {
        return new Piece(sql, List.of(hazards), /* isTransactional= */ false, moment, why);
    }
}
