package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.netty.channel.Channel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Who is connected, by the name that a client gives itself. */
final class Connections {

    private final Map<Channel, String> names = new LinkedHashMap<>();

    void greeted(Channel connection, Document hello) {
        Document client = Commands.document(hello, "client");
        if (!client.isEmpty()) {
            names.put(connection, Commands.text(Commands.document(client, "application"), "name"));
        }
    }

    void closed(Channel connection) {
        names.remove(connection);
    }

    /** What this {@code $currentOp} says of them: nothing if it does not ask for them. */
    Stream<Document> asked(Document currentOp) {
        return Commands.isTrue(Commands.document(currentOp, "$currentOp"), "idleConnections")
                ? names.values().stream()
                        .map(name -> new Document("type", "op")
                                .append("active", false)
                                .append("appName", name))
                : Stream.empty();
    }
}
