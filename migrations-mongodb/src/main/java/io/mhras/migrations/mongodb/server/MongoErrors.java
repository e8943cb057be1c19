package io.mhras.migrations.mongodb.server;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.text.VisibleText;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explains errors outside of scripts in the user's terms. */
public final class MongoErrors {

    public static final int DUPLICATE_KEY = 11000;
    public static final int NAMESPACE_EXISTS = 48;
    public static final int NOT_AUTHORIZED = 13;
    public static final int REFUSED_IN_TRANSACTION = 263;
    public static final int ATLAS = 8000;
    public static final int MAJORITY_IS_LATE = 64;
    private static final int AUTHENTICATION_FAILED = 18;

    /**
     * A server that shuts down, or a shard that mongos cannot reach, reports these, mongos also for a single write: the
     * list of the drivers' specification of retryable writes, and FailedToSatisfyReadPreference, for a shard without a
     * primary.
     */
    private static final Set<Integer> SERVER_GOES =
            Set.of(6, 7, 89, 91, 133, 189, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436);

    private static final Pattern USER = Pattern.compile("userName='([^']*)'");

    private MongoErrors() {}

    /** There is no server, or not the right one, or it rejects the login, or the connection broke. */
    public static MigrationException ofConnection(MongoException e) {
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
        if (e instanceof MongoOperationTimeoutException || e instanceof MongoSocketReadTimeoutException) {
            return new DatabaseUnavailable(
                    "MongoDB took longer to answer than the connection string allows: " + message(e),
                    "Raise 'timeoutMS' or 'socketTimeoutMS' there, or take it out: an index takes as long as it takes."
                            + " What was finished stays. Then start again.",
                    e);
        }
        if (isLate(e)) {
            return new DatabaseUnavailable(
                    "Most members of the replica set have not acknowledged a write: " + message(e),
                    "Look at rs.status(): members are down or far behind. Where two members hold data and a third is an"
                            + " arbiter, both must be there. What was finished stays; start again then.",
                    e);
        }
        ClusterView cluster = new ClusterView(withoutPasswords(String.valueOf(e.getMessage())));
        if (e instanceof MongoNotPrimaryException
                || (e instanceof MongoTimeoutException && cluster.hasSecondariesOnly())) {
            return new DatabaseUnavailable(
                    "This server of MongoDB takes no writes: "
                            + (e instanceof MongoTimeoutException
                                    ? "it is a secondary of its replica set, and no primary can be reached."
                                    : message(e)),
                    "Connect to the replica set (all its hosts, replicaSet=<name>, no directConnection=true), or wait"
                            + " until it has a primary.",
                    e);
        }
        if (e instanceof MongoTimeoutException && cluster.isNotInitiated()) {
            return new DatabaseUnavailable(
                    "This server of MongoDB belongs to a replica set that was never initiated.",
                    "Run rs.initiate() in mongosh, once, on one of its members.",
                    e);
        }
        if (e instanceof MongoTimeoutException) {
            String problem = "There is no connection to MongoDB: " + cluster.reason();
            return cluster.isNotUpYet()
                    ? DatabaseUnavailable.notUpYet(problem, cluster.remedy(), e)
                    : new DatabaseUnavailable(problem, cluster.remedy(), e);
        }
        if (e instanceof MongoConfigurationException) {
            return new DatabaseUnavailable(
                    "There is no connection to MongoDB: " + message(e), ClusterView.BY_NAME_SERVICE, e);
        }
        return new DatabaseUnavailable(
                "The connection to MongoDB broke: " + message(e),
                "What was finished stays. Start again when the server is back.",
                e);
    }

    /** Whether the error leaves open if the server did what it was asked to. */
    public static boolean leavesOpenWhatHappened(MongoException e) {
        return e instanceof MongoSocketException
                || e instanceof MongoTimeoutException
                || e instanceof MongoWriteConcernException
                || SERVER_GOES.contains(e.getCode())
                || (e instanceof MongoBulkWriteException bulk && leavesOpenWhatHappened(bulk))
                || e instanceof MongoNotPrimaryException
                || e instanceof MongoNodeIsRecoveringException
                // A client's own plain refusal, of an option for example, comes before anything is sent.
                || !(e instanceof MongoServerException
                        || e.getCode() > 0
                        || e.getClass().equals(MongoClientException.class));
    }

    private static boolean leavesOpenWhatHappened(MongoBulkWriteException e) {
        return e.getWriteErrors().isEmpty()
                ? e.getWriteConcernError() != null
                : e.getWriteErrors().stream().anyMatch(error -> SERVER_GOES.contains(error.getCode()));
    }

    private static boolean isLate(MongoException e) {
        return e.getCode() == MAJORITY_IS_LATE
                || (e instanceof MongoBulkWriteException bulk
                        && bulk.getWriteConcernError() != null
                        && bulk.getWriteConcernError().getCode() == MAJORITY_IS_LATE);
    }

    public static boolean isLogin(MongoException e) {
        return e instanceof MongoSecurityException || e.getCode() == AUTHENTICATION_FAILED;
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The server's message, without the driver's decoration. */
    public static String message(Throwable e) {
        String text = e instanceof MongoCommandException command ? command.getErrorMessage() : e.getMessage();
        return withoutPasswords(VisibleText.of(String.valueOf(text))
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst(
                        "^(?:Command|Write|Bulk write) (?:execution )?(?:failed|operation error on).*? with error"
                                + " \\d+(?: \\([^)]*\\))?: ",
                        ""));
    }

    private static String withoutPasswords(String message) {
        return message.replaceAll("//[^/@\\s]*:[^/@\\s]*@", "//***@");
    }
}
