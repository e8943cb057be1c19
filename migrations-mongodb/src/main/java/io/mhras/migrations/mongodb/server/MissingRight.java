package io.mhras.migrations.mongodb.server;

import com.mongodb.MongoException;

/**
 * The privileges to look at the server, beyond what migrations need; without them they only report less.
 *
 * <p>A refusal for lack of a privilege is reported by its name, with the role that has it.
 */
public enum MissingRight {
    /** On a mongod for the operations of others, on a mongos for one's own too. */
    SEE_OPERATIONS("inprog on the cluster", "clusterMonitor"),
    SEE_COLLECTIONS("listCollections on the database", "readWrite"),
    SEE_COLLECTION_SIZES("collStats on the database", "readWrite"),
    SEE_DATABASE_SIZE("dbStats on the database", "readWrite"),
    SEE_INDEX_USE("indexStats on the database", "dbAdmin"),
    SEE_SERVER("serverStatus on the cluster", "clusterMonitor");

    /** APIStrictError */
    public static final int NOT_IN_STABLE_API = 323;

    private final String privilege;
    private final String role;

    MissingRight(String privilege, String role) {
        this.privilege = privilege;
        this.role = role;
    }

    /** Whether this is the reason, and not that the server is unreachable or does not know the command. */
    static boolean isReasonOf(MongoException e) {
        return e.getCode() == MongoErrors.NOT_AUTHORIZED || e.getCode() == NOT_IN_STABLE_API;
    }

    /** Why the server did not answer. */
    public String why(MongoException e) {
        return switch (e.getCode()) {
            case MongoErrors.NOT_AUTHORIZED ->
                "the database user lacks the privilege " + privilege + " (the role " + role + " has it)";
            case NOT_IN_STABLE_API -> "the client asks for the Stable API alone (apiStrict), and this is not in it";
            default -> MongoErrors.message(e);
        };
    }
}
