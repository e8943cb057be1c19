package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** What {@code $currentOp} shows and {@code killOp} ends. The double does one thing at a time, so tests say what that is. */
final class Operations {

    private final Connections connections;
    private final List<Document> all = new CopyOnWriteArrayList<>();
    private final List<Object> killed = new CopyOnWriteArrayList<>();

    Operations(Connections connections) {
        this.connections = connections;
    }

    /** A command that no server has. */
    Document add(Call call) {
        all.add(Commands.document(call.query(), call.name()));
        return Commands.ok();
    }

    List<Object> killed() {
        return killed;
    }

    Document list(Call call, List<Document> pipeline) {
        List<Document> found = Stream.concat(all.stream(), connections.asked(pipeline.get(0)))
                .filter(operation -> pipeline.stream()
                        .filter(stage -> stage.containsKey("$match"))
                        .allMatch(stage ->
                                new DefaultQueryMatcher().matches(operation, Commands.document(stage, "$match"))))
                .toList();
        return Commands.cursor(call.database() + ".$cmd.aggregate", found);
    }

    /** The server's answer is the same whether there is such an operation or not. */
    Document kill(Call call) {
        Object id = call.query().get("op");
        if (id == null) {
            throw Errors.failedToParse("Did not provide \"op\" field");
        }
        if (all.removeIf(operation -> id.equals(operation.get("opid")))) {
            killed.add(id);
        }
        return new Document("info", "attempting to kill op").append("ok", 1.0);
    }
}
