package io.mhras.migrations.mongodb.server;

import static com.mongodb.client.model.Filters.regex;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import io.mhras.migrations.mongodb.shell.Operation;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the server is with an index.
 *
 * @param phase in the server's words
 * @param percent of that phase; null if it does not say
 */
public record IndexBuild(String phase, @Nullable Double percent) {

    private static final Logger log = LoggerFactory.getLogger(IndexBuild.class);
    private static final String MESSAGE = "Index Build: ";

    /** The build in progress on a collection; null if there is none. Where the user may not look, the phase says so. */
    public static @Nullable IndexBuild find(MongoClient client, String namespace) {
        try {
            for (BsonDocument operation : RunningOperations.ofAll(client, regex("msg", "^" + MESSAGE))) {
                IndexBuild build = of(operation, namespace);
                if (build != null) {
                    return build;
                }
            }
        } catch (MongoException e) {
            log.debug("How far an index is cannot be seen", e);
            if (MissingRight.isReasonOf(e)) {
                return new IndexBuild("how far it is cannot be seen: " + MissingRight.SEE_OPERATIONS.why(e), null);
            }
        }
        return null;
    }

    /** Before 5.0 the server's thread, which is at work for the client's command, names the collection only. */
    private static boolean isOn(String namespace, BsonDocument operation) {
        String named = operation.getString("ns", new BsonString("")).getValue();
        return named.isEmpty()
                ? operation.get("command") instanceof BsonDocument command
                        && namespace
                                .substring(namespace.indexOf('.') + 1)
                                .equals(command.getString(Operation.CREATE_INDEXES.word(), new BsonString(""))
                                        .getValue())
                : named.equals(namespace);
    }

    /** The operation as an index build on this collection; null if it is none. */
    public static @Nullable IndexBuild of(BsonDocument operation, String namespace) {
        String message = operation.getString("msg", new BsonString("")).getValue();
        if (!message.startsWith(MESSAGE) || !isOn(namespace, operation)) {
            return null;
        }
        BsonDocument progress = operation.getDocument("progress", new BsonDocument());
        double total = progress.getNumber("total", new BsonInt32(0)).doubleValue();
        double done = progress.getNumber("done", new BsonInt32(0)).doubleValue();
        // "Index Build: scanning collection Index Build: scanning collection: 940/1000 94%"
        String phase = message.substring(MESSAGE.length()).replaceFirst("( Index Build: |: \\d).*", "");
        return new IndexBuild("index build: " + phase, total > 0 ? Math.min(100, 100 * done / total) : null);
    }
}
