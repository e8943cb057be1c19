package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.validation.Filter;
import io.mhras.migrations.testing.mongodb.validation.FilterFindings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What validators refused during the command at hand; mongo-java-server's errors have no place for it. */
final class Violations {

    private static final int CODE = 121;

    private final Deque<Document> found = new ArrayDeque<>();
    private boolean bypassed;

    void begin(Document command) {
        found.clear();
        bypassed = Commands.isTrue(command, "bypassDocumentValidation");
    }

    /** Throws if a document is not as its collection's options want it. */
    void check(Document options, @Nullable Document before, Document after) {
        Document validator = Commands.document(options, "validator");
        if (bypassed || validator.isEmpty() || !"error".equals(options.get("validationAction"))) {
            return;
        }
        Object level = options.get("validationLevel");
        boolean wasInvalid = before != null && !Filter.matches(validator, before);
        if ("off".equals(level) || "moderate".equals(level) && wasInvalid) {
            return;
        }
        Document details = FilterFindings.of(validator, after);
        if (!details.isEmpty()) {
            found.add(new Document("failingDocumentId", after.get("_id")).append("details", details));
            throw new MongoServerError(CODE, "DocumentValidationFailure", "Document failed validation");
        }
    }

    static boolean is(int code) {
        return code == CODE;
    }

    /** Adds what was found to the errors of validators, in their order. */
    void explain(List<Document> errors) {
        for (Document error : errors) {
            if (error.get("code") instanceof Number code && code.intValue() == CODE && !found.isEmpty()) {
                error.put("errInfo", found.poll());
            }
        }
    }
}
