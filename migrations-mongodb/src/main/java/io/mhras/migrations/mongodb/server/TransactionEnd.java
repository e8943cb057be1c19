package io.mhras.migrations.mongodb.server;

import com.mongodb.MongoException;
import java.time.Duration;

/**
 * Why a transaction was undone before its end, and what to do about it.
 *
 * <p>That it may be tried again is said by a label (the server's error_labels.cpp). A transaction past its lifetime
 * shows up in two ways: what was at work when the server ended it gets 290, which has no label; what comes afterwards
 * gets 251, which has one, as has any other end that the client did not ask for. So 251 is told apart by how long it
 * ran.
 */
public enum TransactionEnd {
    OTHERS_CHANGED_DOCUMENTS(
            "Others change the same documents",
            "Start again when there is less traffic, or take '// migrate:transaction file' out of the header."),
    COLLECTION_IS_LOCKED(
            "Another client keeps a collection of the script locked, to make an index for example",
            "See in mongosh what it does, with db.currentOp({ active: true }); start again when it is done."),
    OTHERS_CHANGED_COLLECTIONS(
            "Others made or changed a collection, or an index, that the script uses",
            "Start again when nothing else changes collections or indexes."),
    OVER_TIME(
            "It took longer than the server lets a transaction live",
            "Split the file; or take '// migrate:transaction file' out of the header, then it goes on where it"
                    + " stopped. Or let the server wait longer, as an administrator: db.adminCommand({ setParameter: 1,"
                    + " transactionLifetimeLimitSeconds: 300 })."),
    TOO_LARGE(
            "It changes more than the server keeps in one transaction",
            "Split the file; or take '// migrate:transaction file' out of the header, then each statement is done by"
                    + " itself."),
    CUT_OFF("The connection broke, or the replica set chose another primary", "Start again when the servers are back."),
    ENDED_BY_THE_SERVER(
            "The server ended the transaction before its time: another primary was chosen, an administrator ended the"
                    + " session, or memory ran short",
            "Look at the server's log, and start again."),
    /** For a reason that is none of these. */
    UNDONE("The server undid the transaction", "Look at the server's log, and start again.");

    private static final int NO_SUCH_TRANSACTION = 251;
    private static final int TRANSACTION_TOO_LARGE = 257;
    private static final int TOO_LARGE_FOR_CACHE = 313;
    private static final int LIFETIME_EXCEEDED = 290;

    private final String what;
    private final String remedy;

    TransactionEnd(String what, String remedy) {
        this.what = what;
        this.remedy = remedy;
    }

    /** Whether the error ends the transaction for a reason that is not in the statement. */
    public static boolean isToldBy(MongoException e) {
        return e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)
                || e.getCode() == LIFETIME_EXCEEDED
                || e.getCode() == TRANSACTION_TOO_LARGE
                || e.getCode() == TOO_LARGE_FOR_CACHE;
    }

    /** Whether it takes the server's limit to tell what this is. */
    public static boolean mayBeOverTime(MongoException e) {
        return e.getCode() == NO_SUCH_TRANSACTION || e.getCode() == LIFETIME_EXCEEDED;
    }

    /**
     * Finds out.
     *
     * @param ran since the transaction began
     * @param lifetime that the server gives a transaction
     */
    public static TransactionEnd of(MongoException e, Duration ran, Duration lifetime) {
        if (MongoErrors.leavesOpenWhatHappened(e)) {
            return CUT_OFF;
        }
        return switch (e.getCode()) {
            // LockTimeout, SnapshotTooOld, SnapshotUnavailable
            case 24 -> COLLECTION_IS_LOCKED;
            // The last three are those of a shard: its collections moved, or were made anew.
            case 239, 246, 150, 249, 13388 -> OTHERS_CHANGED_COLLECTIONS;
            case NO_SUCH_TRANSACTION -> ran.compareTo(lifetime) >= 0 ? OVER_TIME : ENDED_BY_THE_SERVER;
            case LIFETIME_EXCEEDED -> OVER_TIME;
            case TRANSACTION_TOO_LARGE, TOO_LARGE_FOR_CACHE -> TOO_LARGE;
            // WriteConflict, PreparedTransactionInProgress
            case 112, 267 -> OTHERS_CHANGED_DOCUMENTS;
            default -> UNDONE;
        };
    }

    /** Whether another attempt may end differently. */
    public boolean mayBeTriedAgain() {
        return this != OVER_TIME && this != TOO_LARGE;
    }

    public String what() {
        return what;
    }

    public String remedy() {
        return remedy;
    }
}
