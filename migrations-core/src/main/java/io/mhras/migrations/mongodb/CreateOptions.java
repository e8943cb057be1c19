package io.mhras.migrations.mongodb;

import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The options with which a collection is made. To make it again with the same is no error from MongoDB 7.0 on (SERVER-60064). */
final class CreateOptions {

    private static final Set<String> NOT_KEPT = Set.of("create", "writeConcern", "comment");

    /** What the server keeps where nothing else is said. */
    private static final Set<BsonValue> USUAL =
            Set.of(BsonBoolean.FALSE, new BsonString("strict"), new BsonString("error"));

    private CreateOptions() {}

    /** Whether a command asks for what is there. The server rounds a size up, and completes a collation: those are compared as far as they were given. */
    static boolean agree(BsonDocument command, BsonDocument kept) {
        return command.entrySet().stream()
                        .filter(option -> !NOT_KEPT.contains(option.getKey()))
                        .allMatch(option -> agree(option.getKey(), option.getValue(), kept.get(option.getKey())))
                && kept.entrySet().stream()
                        .allMatch(option -> command.containsKey(option.getKey()) || USUAL.contains(option.getValue()));
    }

    private static boolean agree(String name, BsonValue asked, @Nullable BsonValue kept) {
        if (kept == null) {
            return USUAL.contains(asked);
        }
        if (asked.isNumber() && kept.isNumber()) {
            return name.equals("size")
                    || asked.asNumber().doubleValue() == kept.asNumber().doubleValue();
        }
        return name.equals("collation") && asked instanceof BsonDocument part && kept instanceof BsonDocument whole
                ? whole.entrySet().containsAll(part.entrySet())
                : asked.equals(kept);
    }
}
