package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;

/** The server's errors, by their names. */
final class Errors {

    private Errors() {}

    /** As the client gets it. */
    static Document answer(MongoServerError error) {
        return new Document("ok", 0.0)
                .append("errmsg", error.getMessageWithoutErrorCode())
                .append("code", error.getCode())
                .append("codeName", error.getCodeName());
    }

    static MongoServerError badValue(String message) {
        return new MongoServerError(2, "BadValue", message);
    }

    static MongoServerError failedToParse(String message) {
        return new MongoServerError(9, "FailedToParse", message);
    }

    static MongoServerError userNotFound(String message) {
        return new MongoServerError(11, "UserNotFound", message);
    }

    static MongoServerError unauthorized(String database, Document command) {
        return new MongoServerError(
                13, "Unauthorized", "not authorized on " + database + " to execute command " + command);
    }

    static MongoServerError typeMismatch(String message) {
        return new MongoServerError(14, "TypeMismatch", message);
    }

    static MongoServerError illegalOperation(String message) {
        return new MongoServerError(20, "IllegalOperation", message);
    }

    static MongoServerError namespaceNotFound(String message) {
        return new MongoServerError(26, "NamespaceNotFound", message);
    }

    static MongoServerError indexNotFound(String message) {
        return new MongoServerError(27, "IndexNotFound", message);
    }

    static MongoServerError namespaceExists(String namespace) {
        return new MongoServerError(48, "NamespaceExists", "Collection " + namespace + " already exists.");
    }

    static MongoServerError readConcernNotSupported(String command, String ofTransaction, String level) {
        return invalidOptions("Command " + command + " does not support " + ofTransaction + "{ readConcern: { level: \""
                + level + "\", provenance: \"clientSupplied\" } } :: caused by :: read concern not supported");
    }

    static MongoServerError invalidNamespace(String message) {
        return new MongoServerError(73, "InvalidNamespace", message);
    }

    static MongoServerError invalidOptions(String message) {
        return new MongoServerError(72, "InvalidOptions", message);
    }

    static MongoServerError cannotCreateIndex(String message) {
        return new MongoServerError(67, "CannotCreateIndex", message);
    }

    static MongoServerError indexOptionsConflict(Document asked, Document existing) {
        return new MongoServerError(
                85,
                "IndexOptionsConflict",
                "Index already exists with a different name: " + existing.get("name") + ". Requested index: " + asked);
    }

    static MongoServerError equivalentIndex(Document asked, Document existing) {
        return new MongoServerError(
                85,
                "IndexOptionsConflict",
                "An equivalent index already exists with the same name but different options. Requested index: " + asked
                        + ", existing index: " + existing);
    }

    static MongoServerError indexKeySpecsConflict(Document asked, Document existing) {
        return new MongoServerError(
                86,
                "IndexKeySpecsConflict",
                "An existing index has the same name as the requested index. When index names are not specified, they are"
                        + " auto generated and can cause conflicts. Please refer to our documentation. Requested index: "
                        + asked + ", existing index: " + existing);
    }

    static MongoServerError documentValidationFailure() {
        return new MongoServerError(121, "DocumentValidationFailure", "Document failed validation");
    }

    static MongoServerError commandNotSupportedOnView(String message) {
        return new MongoServerError(166, "CommandNotSupportedOnView", message);
    }

    static MongoServerError invalidIndexSpecificationOption(String field, Document index) {
        return new MongoServerError(
                197,
                "InvalidIndexSpecificationOption",
                "The field '" + field + "' is not valid for an index specification. Specification: " + index);
    }

    static MongoServerError queryFeatureNotAllowed(String message) {
        return new MongoServerError(224, "QueryFeatureNotAllowed", message);
    }

    static MongoServerError noSuchTransaction(Object number) {
        return new MongoServerError(
                251,
                "NoSuchTransaction",
                "Given transaction number " + number + " does not match any in-progress transactions.");
    }

    static MongoServerError abortedTransaction(long number) {
        return new MongoServerError(
                251, "NoSuchTransaction", "Transaction with { txnNumber: " + number + " } has been aborted.");
    }

    static MongoServerError notInTransaction(String message) {
        return new MongoServerError(263, "OperationNotSupportedInTransaction", message);
    }

    static MongoServerError apiStrict(String message) {
        return new MongoServerError(323, "APIStrictError", message);
    }

    static MongoServerError unknownField(String command, String field) {
        return new MongoServerError(
                40415, "Location40415", "BSON field '" + command + "." + field + "' is an unknown field.");
    }

    static MongoServerError userExists(String user, String database) {
        return new MongoServerError(51003, "Location51003", "User \"" + user + "@" + database + "\" already exists");
    }

    /** Of those that tests ask for by their codes. */
    static String name(int code) {
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
