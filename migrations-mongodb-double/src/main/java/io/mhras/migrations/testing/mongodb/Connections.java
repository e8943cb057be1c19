package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is connected, by the name that a client gives itself. */
final class Connections {

    private final QueryMatcher matcher = new DefaultQueryMatcher();
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

    /** What {@code $currentOp} says of them, with the rest of its pipeline, which is {@code $match} or nothing. */
    List<Document> named(List<Document> pipeline) {
        return names.values().stream()
                .map(name -> new Document("type", "op").append("active", false).append("appName", name))
                .filter(connection -> pipeline.stream()
                        .allMatch(stage -> matcher.matches(connection, Commands.document(stage, "$match"))))
                .toList();
    }
}
