package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * The server's own way to make a command fail in tests: {@code {configureFailPoint: 'failCommand', mode: {times: 1}, data:
 * {failCommands: ['insert'], errorCode: 112}}}.
 */
final class FailPoints {

    private Document data = new Document();
    private int times;

    Document configure(Call call) {
        if (!call.collection().equals("failCommand")) {
            throw Errors.badValue("the double has no fail point but 'failCommand'");
        }
        data = Commands.document(call.query(), "data");
        Object mode = call.query().get("mode");
        times = mode instanceof Document limited
                ? Commands.number(limited, "times")
                : "alwaysOn".equals(mode) ? Integer.MAX_VALUE : 0;
        return Commands.ok();
    }

    /** An error comes in place of what was asked; an error of the write concern comes after it was done. */
    Document answer(Call call, Supplier<Document> command) {
        if (!isMeant(call)) {
            return command.get();
        }
        times--;
        if (data.containsKey("writeConcernError")) {
            return command.get().append("writeConcernError", data.get("writeConcernError"));
        }
        int code = Commands.number(data, "errorCode");
        throw new MongoServerError(
                code, Errors.name(code), "Failing command via 'failCommand' failpoint: " + call.name());
    }

    private boolean isMeant(Call call) {
        return times > 0
                && data.get("failCommands") instanceof Collection<?> commands
                && commands.contains(call.name())
                && (!data.containsKey("namespace") || call.namespace().equals(data.get("namespace")));
    }
}
