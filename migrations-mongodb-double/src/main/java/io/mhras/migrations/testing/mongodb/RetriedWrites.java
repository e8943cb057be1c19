package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A write that a driver sends again, because the connection broke, is answered again and not done again. */
final class RetriedWrites {

    // error_labels.cpp: then the driver sends it once more.
    private static final Set<Integer> SERVER_GOES =
            Set.of(6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436);

    private final Map<Object, Answered> last = new HashMap<>();

    private record Answered(Object number, Document answer) {}

    Document answer(Document query, Supplier<Document> write) {
        Object session = query.get("lsid");
        Object number = query.get("txnNumber");
        if (session == null || number == null) {
            return write.get();
        }
        Answered before = last.get(session);
        if (before != null && before.number().equals(number)) {
            return before.answer().cloneDeeply();
        }
        Document answer;
        try {
            answer = write.get();
        } catch (MongoServerError e) {
            if (!SERVER_GOES.contains(e.getCode())) {
                throw e;
            }
            return Errors.answer(e).append("errorLabels", List.of("RetryableWriteError"));
        }
        last.put(session, new Answered(number, answer.cloneDeeply()));
        return answer;
    }
}
