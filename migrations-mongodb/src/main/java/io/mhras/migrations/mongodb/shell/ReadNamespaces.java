package io.mhras.migrations.mongodb.shell;

import java.util.LinkedHashSet;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** The collections that a read looks at; a database's name where it is all of that, and nothing for the whole server. */
public final class ReadNamespaces {

    private ReadNamespaces() {}

    public static Set<String> of(ShellCall read) {
        String database = read.database();
        if (read.is(Operation.LIST_DATABASES)) {
            return Set.of("");
        }
        Set<String> namespaces = new LinkedHashSet<>();
        BsonDocument asked = read.asked();
        boolean isOfOne = read.is(Operation.LIST_COLLECTIONS)
                && asked.get("filter") instanceof BsonDocument filter
                && filter.get("name") instanceof BsonString name
                && namespaces.add(database + "." + name.getValue());
        if (!isOfOne) {
            namespaces.add(read.namespace());
        }
        if (asked.get("pipeline") instanceof BsonArray pipeline) {
            pipeline.forEach(stage -> joined(stage, database, namespaces));
        }
        return namespaces;
    }

    /** The collections that a pipeline reads beside its own. */
    private static void joined(BsonValue value, String database, Set<String> namespaces) {
        if (value instanceof BsonArray values) {
            values.forEach(each -> joined(each, database, namespaces));
        } else if (value instanceof BsonDocument document) {
            document.forEach((name, each) -> {
                if (each instanceof BsonString text
                        && Set.of("from", "coll", "$unionWith").contains(name)) {
                    namespaces.add(database + "." + text.getValue());
                }
                joined(each, database, namespaces);
            });
        }
    }
}
