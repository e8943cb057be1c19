package io.mhras.migrations.mongodb.shell;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** Reports a driver's errors as mongosh does. */
public final class ShellErrors {

    /** A write's error has a number only. */
    private static final Map<Integer, String> CODE_NAMES = Map.of(
            2, "BadValue",
            9, "FailedToParse",
            14, "TypeMismatch",
            28, "PathNotViable",
            40, "ConflictingUpdateOperators",
            66, "ImmutableField",
            121, "DocumentValidationFailure",
            166, "CommandNotSupportedOnView",
            11000, "DuplicateKey");

    /** Not in mongosh, and not to be seen by a script that prints the error. */
    static final String DETAIL = "detail";

    private ShellErrors() {}

    public static BsonDocument of(MongoException failure) {
        if (failure instanceof ReplayedError kept) {
            return kept.shaped();
        }
        BsonDocument error = shaped(failure);
        String detail = ErrorDetail.of(failure);
        return detail.isEmpty() ? error : error.append(DETAIL, new BsonString(detail));
    }

    private static BsonDocument shaped(MongoException failure) {
        if (failure instanceof MongoBulkWriteException bulk
                && !bulk.getWriteErrors().isEmpty()) {
            return bulk(bulk);
        }
        if (failure instanceof MongoWriteException write) {
            BsonDocument error = error(
                    "MongoServerError",
                    write.getError().getMessage(),
                    write.getError().getCode());
            error.append("index", new BsonInt32(0));
            return withDetails(error, write.getError().getDetails());
        }
        if (failure instanceof MongoCommandException command) {
            BsonDocument error = error("MongoServerError", command.getErrorMessage(), command.getErrorCode());
            error.append("codeName", new BsonString(command.getErrorCodeName()));
            return error.append("ok", new BsonInt32(0)).append("errorResponse", command.getResponse());
        }
        if (failure instanceof MongoWriteConcernException concern) {
            return error("MongoServerError", concern.getWriteConcernError().getMessage(), concern.getCode());
        }
        boolean network = failure instanceof MongoSocketException || failure instanceof MongoTimeoutException;
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return network
                ? new BsonDocument("name", new BsonString("MongoNetworkError"))
                        .append("message", new BsonString(message))
                : error(failure.getCode() > 0 ? "MongoServerError" : "MongoError", message, failure.getCode());
    }

    /** Of arguments that the driver cannot take. */
    public static BsonDocument of(RuntimeException failure) {
        return error("MongoInvalidArgumentError", String.valueOf(failure.getMessage()), 0);
    }

    private static BsonDocument bulk(MongoBulkWriteException failure) {
        BulkWriteError first = failure.getWriteErrors().get(0);
        BsonArray all = new BsonArray();
        for (BulkWriteError each : failure.getWriteErrors()) {
            BsonDocument error = new BsonDocument("index", new BsonInt32(each.getIndex()))
                    .append("code", new BsonInt32(each.getCode()))
                    .append("errmsg", new BsonString(each.getMessage()));
            all.add(withDetails(error, each.getDetails()));
        }
        BsonDocument error = error("MongoBulkWriteError", first.getMessage(), first.getCode());
        error.remove("codeName");
        return error.append("writeErrors", all)
                .append("result", ShellResults.bulk(failure.getWriteResult(), new BsonDocument()));
    }

    private static BsonDocument withDetails(BsonDocument error, BsonDocument details) {
        return details.isEmpty() ? error : error.append("errInfo", details);
    }

    private static BsonDocument error(String name, String message, int code) {
        BsonDocument error = new BsonDocument("name", new BsonString(name)).append("message", new BsonString(message));
        if (code > 0) {
            error.append("code", new BsonInt32(code));
        }
        String codeName = CODE_NAMES.get(code);
        return codeName == null ? error : error.append("codeName", new BsonString(codeName));
    }
}
