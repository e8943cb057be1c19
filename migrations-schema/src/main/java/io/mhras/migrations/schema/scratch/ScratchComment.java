package io.mhras.migrations.schema.scratch;

import static io.mhras.migrations.postgresql.sql.SqlQuote.identifier;
import static io.mhras.migrations.postgresql.sql.SqlQuote.literal;

import io.mhras.migrations.HistoryEntry;

/** What a scratch database says about itself to whoever finds it. */
final class ScratchComment {

    /** How the comment of one begins that is to be dropped. */
    static final String PASSING = "MHRAS Migrations: scratch database";

    private static final String KEPT = "MHRAS Migrations: kept scratch database";

    private ScratchComment() {}

    /** The statement that says it of one that is to be dropped. */
    static String passing(String name, String purpose) {
        return statement(name, PASSING, purpose);
    }

    /** The statement that says it of one that stays, which nobody clears away. */
    static String kept(String name, String purpose) {
        return statement(name, KEPT, purpose);
    }

    private static String statement(String name, String what, String purpose) {
        return "COMMENT ON DATABASE " + identifier(name) + " IS "
                + literal(what + " for " + purpose + ", made by " + System.getProperty("user.name", "unknown") + " on "
                        + HistoryEntry.Execution.thisHost());
    }
}
