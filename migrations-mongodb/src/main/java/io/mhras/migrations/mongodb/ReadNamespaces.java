package io.mhras.migrations.mongodb;

import java.util.LinkedHashSet;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** The collections that a read looks at; a database's name where it is all of that, and nothing for the whole server. */
final class ReadNamespaces {

    private ReadNamespaces() {}

    static Set<String> of(ShellCall read) {
        String database = database(read.namespace());
        if (read.operation().equals("listDatabases")) {
            return Set.of("");
        }
        Set<String> namespaces = new LinkedHashSet<>();
        BsonDocument asked = read.isCommand() ? read.command() : read.arguments();
        boolean isOfOne = read.operation().equals("listCollections")
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

    static String database(String namespace) {
        int dot = namespace.indexOf('.');
        return dot < 0 ? namespace : namespace.substring(0, dot);
    }
}
