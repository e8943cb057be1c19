package io.mhras.migrations.mongodb;

import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** The collections that a write changes; a database's name where all of it may be meant. */
final class WrittenNamespaces {

    private WrittenNamespaces() {}

    static Set<String> of(ShellCall write) {
        if (write.operation().equals("renameCollection")) {
            BsonDocument command = write.command();
            return Set.of(Witness.changed(write), command.getString("to").getValue());
        }
        if (write.operation().equals("aggregate")) {
            BsonDocument aggregation = write.isCommand() ? write.command() : write.arguments();
            BsonArray pipeline = aggregation.getArray("pipeline");
            return Set.of(
                    target(pipeline.get(pipeline.size() - 1).asDocument(), ReadNamespaces.database(write.namespace())));
        }
        return Set.of(write.namespace());
    }

    /** Of {@code $out} and {@code $merge}: a name, or {@code {db, coll}}. */
    private static String target(BsonDocument stage, String database) {
        BsonValue target = stage.get(stage.getFirstKey());
        if (target instanceof BsonDocument merge && merge.containsKey("into")) {
            target = merge.get("into");
        }
        if (target instanceof BsonDocument named) {
            return named.getString("db", new BsonString(database)).getValue() + "."
                    + named.getString("coll").getValue();
        }
        return database + "." + String.valueOf(target instanceof BsonString name ? name.getValue() : target);
    }
}
