package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A write that a driver sends again, because the connection broke, is answered again and not done again. */
final class RetriedWrites {

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
        Document answer = write.get();
        last.put(session, new Answered(number, answer.cloneDeeply()));
        return answer;
    }
}
