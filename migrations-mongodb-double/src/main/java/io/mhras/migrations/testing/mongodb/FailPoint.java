package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * The server's fail point {@code failCommand}, which a real one has too if it was started for tests: the next commands of
 * given names fail with an error, with labels, or are done but not acknowledged by a majority.
 */
final class FailPoint {

    private Document data = new Document();
    private int times;

    /** {@code {configureFailPoint: 'failCommand', mode: {times: 1} or 'off', data: {...}}}. */
    Document configure(Document query) {
        data = Commands.document(query, "data");
        times = "alwaysOn".equals(query.get("mode"))
                ? Integer.MAX_VALUE
                : Commands.number(Commands.document(query, "mode"), "times");
        return Commands.ok();
    }

    Document answer(Call call, Supplier<Document> command) {
        boolean fails = times > 0
                && data.get("failCommands") instanceof Collection<?> names
                && names.contains(call.name())
                && (!data.containsKey("namespace") || call.namespace().equals(data.get("namespace")));
        if (!fails) {
            return command.get();
        }
        times--;
        if (data.containsKey("errorCode")) {
            return labelled(new Document("ok", 0.0)
                    .append("errmsg", "Failing command via 'failCommand' failpoint")
                    .append("code", data.get("errorCode"))
                    .append("codeName", "FailPoint"));
        }
        return labelled(command.get().append("writeConcernError", data.get("writeConcernError")));
    }

    private Document labelled(Document answer) {
        return answer.append("errorLabels", data.getOrDefault("errorLabels", List.of()));
    }
}
