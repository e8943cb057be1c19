package io.mhras.migrations.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts what goes wrong outside of scripts into the user's words. */
final class MongoErrors {

    static final int DUPLICATE_KEY = 11000;
    static final int NAMESPACE_EXISTS = 48;
    static final int NOT_AUTHORIZED = 13;
    static final int REFUSED_IN_TRANSACTION = 263;
    private static final int AUTHENTICATION_FAILED = 18;
    private static final Pattern ADDRESS = Pattern.compile("address=([^,}]+)");
    private static final Pattern CAUSE = Pattern.compile("caused by \\{([^{}]*)}");
    private static final Pattern USER = Pattern.compile("userName='([^']*)'");

    private MongoErrors() {}

    /** A query or a write of ours outside of scripts failed. */
    static MigrationException ofHistory(HistoryCollections collections, MongoException e) {
        if (leavesOpenWhatHappened(e) || isLogin(e)) {
            return ofConnection(e);
        }
        if (isDuplicateKey(e)) {
            return lostLock(collections);
        }
        String name = collections.name();
        if (e.getCode() == NOT_AUTHORIZED) {
            String database = collections.database().getName();
            return new HistoryUnusable(
                    "The database user may not use the history " + name + ": " + message(e),
                    "As an administrator: db.grantRolesToUser(\"<user>\", [{ role: \"readWrite\", db: \"" + database
                            + "\" }]); the scripts may need dbAdmin too.",
                    e);
        }
        return new HistoryUnusable(
                "The history " + name + " cannot be used: " + message(e), "See the server's log for more.", e);
    }

    /** Each document of ours has a number of its own: who finds it taken is no longer alone. */
    private static boolean isDuplicateKey(MongoException e) {
        return e.getCode() == DUPLICATE_KEY
                || (e instanceof MongoBulkWriteException bulk
                        && bulk.getWriteErrors().stream().anyMatch(error -> error.getCode() == DUPLICATE_KEY));
    }

    /** Another process has written to the history, or to the journal, since this one took the lock. */
    static MigrationException lostLock(HistoryCollections collections) {
        return lostLock(
                collections,
                "another process has taken over and written there while this one was busy or paused. This one wrote"
                        + " nothing over that.");
    }

    /** The lock is another's, or may be. */
    static MigrationException lostLock(HistoryCollections collections, String how) {
        return new DatabaseUnavailable(
                "The migration lock of " + collections.name() + " was lost: " + how,
                "Start again: it goes on where the migrations are. If the process was busy or paused for so long, raise the"
                        + " setting 'mhras.migrations.mongodb.lease'.",
                null);
    }

    /** There is no server, or not the right one, or it does not let us in, or the connection broke. */
    static MigrationException ofConnection(MongoException e) {
        if (e instanceof MongoInterruptedException) {
            return new MigrationException.TimedOut("The migration was interrupted.", "Start again.");
        }
        if (isLogin(e)) {
            Matcher user = USER.matcher(String.valueOf(e.getMessage()));
            return new DatabaseUnavailable(
                    "MongoDB does not let " + (user.find() ? "user '" + user.group(1) + "'" : "the user") + " in: "
                            + message(root(e)),
                    "Check the user name, the password, and the database of the user (authSource).",
                    null);
        }
        if (e instanceof MongoNotPrimaryException
                || e instanceof MongoNodeIsRecoveringException
                || (e instanceof MongoTimeoutException
                        && String.valueOf(e.getMessage()).contains("type=REPLICA_SET_SECONDARY"))) {
            return new DatabaseUnavailable(
                    "This server of MongoDB takes no writes: "
                            + (e instanceof MongoTimeoutException
                                    ? "it is a secondary of its replica set, and there is no primary in sight."
                                    : message(e)),
                    "Connect to the replica set (all its hosts, replicaSet=<name>, no directConnection=true), or wait"
                            + " until it has a primary.",
                    e);
        }
        if (e instanceof MongoTimeoutException) {
            return new DatabaseUnavailable(
                    "There is no connection to MongoDB: " + reason(String.valueOf(e.getMessage())),
                    "Check that the server runs, and that the hosts in the connection string are right.",
                    e);
        }
        return new DatabaseUnavailable(
                "The connection to MongoDB broke: " + message(e),
                "What was finished stays. Start again when the server is back.",
                e);
    }

    /** Whether the error does not say if the server did what it was asked to. */
    static boolean leavesOpenWhatHappened(MongoException e) {
        return e instanceof MongoSocketException
                || e instanceof MongoTimeoutException
                || e instanceof MongoWriteConcernException
                || (e instanceof MongoBulkWriteException bulk
                        && bulk.getWriteErrors().isEmpty()
                        && bulk.getWriteConcernError() != null)
                || e instanceof MongoNotPrimaryException
                || e instanceof MongoNodeIsRecoveringException
                // A client's own plain refusal, of an option for example, comes before anything is sent.
                || !(e instanceof MongoServerException
                        || e.getCode() > 0
                        || e.getClass().equals(MongoClientException.class));
    }

    private static boolean isLogin(MongoException e) {
        return e instanceof MongoSecurityException || e.getCode() == AUTHENTICATION_FAILED;
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The driver prints all that it knows of the cluster. */
    private static String reason(String message) {
        Matcher address = ADDRESS.matcher(message);
        Matcher cause = CAUSE.matcher(message);
        String last = "";
        while (cause.find()) {
            last = cause.group(1).replaceFirst("^[\\w.]+Exception: ", "");
        }
        return address.find() && !last.isEmpty() ? address.group(1) + ": " + last : withoutPasswords(message);
    }

    /** What the server said, without the driver's decoration. */
    static String message(Throwable e) {
        String text = e instanceof MongoCommandException command ? command.getErrorMessage() : e.getMessage();
        return withoutPasswords(String.valueOf(text)
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst(
                        "^(?:Command|Write|Bulk write) (?:execution )?(?:failed|operation error on).*? with error \\d+(?: \\([^)]*\\))?: ",
                        ""));
    }

    private static String withoutPasswords(String message) {
        return message.replaceAll("//[^/@\\s]*:[^/@\\s]*@", "//***@");
    }
}
