package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoSilentServerException;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import io.netty.channel.Channel;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The server's own way to make a command fail in tests: {@code {configureFailPoint: 'failCommand', mode: {times: 1}, data:
 * {failCommands: ['insert'], errorCode: 112}}}.
 */
final class FailPoints {

    private static final Set<String> KNOWN =
            Set.of("failCommands", "errorCode", "writeConcernError", "closeConnection", "errorLabels", "namespace");

    private Document data = new Document();
    private int times;

    Document configure(Call call) {
        if (!call.collection().equals("failCommand")) {
            throw Errors.badValue("the double has no fail point but 'failCommand'");
        }
        data = Commands.document(call.query(), "data");
        for (String field : data.keySet()) {
            if (!KNOWN.contains(field)) {
                throw Errors.notSupported("the field '" + field + "' of the fail point failCommand");
            }
        }
        Object mode = call.query().get("mode");
        times = mode instanceof Document limited
                ? Commands.number(limited, "times")
                : "alwaysOn".equals(mode) ? Integer.MAX_VALUE : 0;
        return Commands.ok();
    }

    /** An error comes in place of what was asked; an error of the write concern comes after it was done. */
    Document answer(Call call, Channel connection, Supplier<Document> command) {
        if (!isMeant(call)) {
            return command.get();
        }
        times--;
        if (Commands.isTrue(data, "closeConnection")) {
            var unused = connection.close();
            throw new MongoSilentServerException("the connection was closed by 'failCommand'");
        }
        if (data.containsKey("writeConcernError")) {
            return command.get().append("writeConcernError", data.get("writeConcernError"));
        }
        int code = Commands.number(data, "errorCode");
        MongoServerError error = new MongoServerError(
                code, Errors.name(code), "Failing command via 'failCommand' failpoint: " + call.name());
        if (data.containsKey("errorLabels")) {
            return Errors.answer(error).append("errorLabels", data.get("errorLabels"));
        }
        throw error;
    }

    private boolean isMeant(Call call) {
        return times > 0
                && data.get("failCommands") instanceof Collection<?> commands
                && commands.contains(call.name())
                && (!data.containsKey("namespace") || call.namespace().equals(data.get("namespace")));
    }
}
