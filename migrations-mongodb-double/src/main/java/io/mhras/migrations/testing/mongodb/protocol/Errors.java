package io.mhras.migrations.testing.mongodb.protocol;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;

/** The server's errors, by their names. */
public final class Errors {

    private Errors() {}

    /** As the client gets it. */
    public static Document answer(MongoServerError error) {
        return new Document("ok", 0.0)
                .append("errmsg", error.getMessageWithoutErrorCode())
                .append("code", error.getCode())
                .append("codeName", error.getCodeName());
    }

    public static MongoServerError badValue(String message) {
        return new MongoServerError(2, "BadValue", message);
    }

    public static MongoServerError failedToParse(String message) {
        return new MongoServerError(9, "FailedToParse", message);
    }

    public static MongoServerError userNotFound(String message) {
        return new MongoServerError(11, "UserNotFound", message);
    }

    public static MongoServerError unauthorized(String database, Document command) {
        return new MongoServerError(
                13, "Unauthorized", "not authorized on " + database + " to execute command " + command);
    }

    public static MongoServerError typeMismatch(String message) {
        return new MongoServerError(14, "TypeMismatch", message);
    }

    public static MongoServerError illegalOperation(String message) {
        return new MongoServerError(20, "IllegalOperation", message);
    }

    public static MongoServerError namespaceNotFound(String message) {
        return new MongoServerError(26, "NamespaceNotFound", message);
    }

    public static MongoServerError indexNotFound(String message) {
        return new MongoServerError(27, "IndexNotFound", message);
    }

    public static MongoServerError namespaceExists(String namespace) {
        return new MongoServerError(48, "NamespaceExists", "Collection " + namespace + " already exists.");
    }

    public static MongoServerError readConcernNotSupported(String command, String ofTransaction, String level) {
        return invalidOptions("Command " + command + " does not support " + ofTransaction + "{ readConcern: { level: \""
                + level + "\", provenance: \"clientSupplied\" } } :: caused by :: read concern not supported");
    }

    public static MongoServerError invalidNamespace(String message) {
        return new MongoServerError(73, "InvalidNamespace", message);
    }

    public static MongoServerError invalidOptions(String message) {
        return new MongoServerError(72, "InvalidOptions", message);
    }

    public static MongoServerError cannotCreateIndex(String message) {
        return new MongoServerError(67, "CannotCreateIndex", message);
    }

    public static MongoServerError indexOptionsConflict(Document asked, Document existing) {
        return new MongoServerError(
                85,
                "IndexOptionsConflict",
                "Index already exists with a different name: " + existing.get("name") + ". Requested index: " + asked);
    }

    public static MongoServerError equivalentIndex(Document asked, Document existing) {
        return new MongoServerError(
                85,
                "IndexOptionsConflict",
                "An equivalent index already exists with the same name but different options. Requested index: " + asked
                        + ", existing index: " + existing);
    }

    public static MongoServerError indexKeySpecsConflict(Document asked, Document existing) {
        return new MongoServerError(
                86,
                "IndexKeySpecsConflict",
                "An existing index has the same name as the requested index. When index names are not specified, they are"
                        + " auto generated and can cause conflicts. Please refer to our documentation. Requested index: "
                        + asked + ", existing index: " + existing);
    }

    /** What the double cannot do, and says so instead of answering wrongly; no server says this. */
    public static MongoServerError notSupported(String what) {
        return new MongoServerError(115, "CommandNotSupported", what + " is not supported by the double of MongoDB");
    }

    /** An error that the server knows by its number alone. */
    public static MongoServerError location(int code, String message) {
        return new MongoServerError(code, "Location" + code, message);
    }

    public static MongoServerError commandNotSupportedOnView(String message) {
        return new MongoServerError(166, "CommandNotSupportedOnView", message);
    }

    public static MongoServerError invalidIndexSpecificationOption(String field, Document index) {
        return new MongoServerError(
                197,
                "InvalidIndexSpecificationOption",
                "The field '" + field + "' is not valid for an index specification. Specification: "
                        + index.toString(true));
    }

    public static MongoServerError invalidIdIndexOption(String field, Document index) {
        return new MongoServerError(
                197,
                "InvalidIndexSpecificationOption",
                "The field '" + field + "' is not valid for an _id index specification. Specification: "
                        + index.toString(true));
    }

    public static MongoServerError queryFeatureNotAllowed(String message) {
        return new MongoServerError(224, "QueryFeatureNotAllowed", message);
    }

    public static MongoServerError noSuchTransaction(Object number) {
        return new MongoServerError(
                251,
                "NoSuchTransaction",
                "Given transaction number " + number + " does not match any in-progress transactions.");
    }

    public static MongoServerError writeConflict() {
        return new MongoServerError(
                112,
                "WriteConflict",
                "Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation"
                        + " or multi-document transaction.");
    }

    public static MongoServerError committedTransaction(long number) {
        return new MongoServerError(
                256, "TransactionCommitted", "Transaction with { txnNumber: " + number + " } has been committed.");
    }

    public static MongoServerError abortedTransaction(long number) {
        return new MongoServerError(
                251, "NoSuchTransaction", "Transaction with { txnNumber: " + number + " } has been aborted.");
    }

    public static MongoServerError notInTransaction(String message) {
        return new MongoServerError(263, "OperationNotSupportedInTransaction", message);
    }

    public static MongoServerError apiStrict(String message) {
        return new MongoServerError(323, "APIStrictError", message);
    }

    public static MongoServerError unknownField(String command, String field) {
        return new MongoServerError(
                40415, "Location40415", "BSON field '" + command + "." + field + "' is an unknown field.");
    }

    public static MongoServerError roleNotFound(String role, String database) {
        return new MongoServerError(31, "RoleNotFound", "Could not find role: " + role + "@" + database);
    }

    public static MongoServerError roleExists(String role, String database) {
        return new MongoServerError(51002, "Location51002", "Role \"" + role + "@" + database + "\" already exists");
    }

    public static MongoServerError userExists(String user, String database) {
        return new MongoServerError(51003, "Location51003", "User \"" + user + "@" + database + "\" already exists");
    }

    /** Of those that tests ask for by their codes. */
    public static String name(int code) {
        return switch (code) {
            case 13 -> "Unauthorized";
            case 24 -> "LockTimeout";
            case 112 -> "WriteConflict";
            case 246 -> "SnapshotUnavailable";
            case 251 -> "NoSuchTransaction";
            case 257 -> "TransactionTooLarge";
            case 290 -> "TransactionExceededLifetimeLimitSeconds";
            case 313 -> "TransactionTooLargeForCache";
            case 323 -> "APIStrictError";
            case 10107 -> "NotWritablePrimary";
            case 11601 -> "Interrupted";
            default -> "Location" + code;
        };
    }
}
