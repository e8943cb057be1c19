package io.mhras.migrations.mongodb.shell;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The collections that a call names, by their full names. */
public final class Namespaces {

    private static final Set<String> STAGES = Set.of("$lookup", "$graphLookup", "$unionWith", "$out", "$merge");

    /** In a stage, or in a command: what has the name. */
    private static final List<String> NAMING = List.of("from", "coll", "into", "replace", "merge", "reduce");

    private final String database;
    private final Set<String> found = new LinkedHashSet<>();

    private Namespaces(String database) {
        this.database = database;
    }

    /** What a read looks at; a database's name where it is all of that, and nothing for the whole server. */
    public static Set<String> seenBy(ShellCall read) {
        if (read.is(Operation.LIST_DATABASES)) {
            return Set.of("");
        }
        Namespaces names = new Namespaces(read.database());
        BsonDocument asked = read.asked();
        boolean isOfOne = read.is(Operation.LIST_COLLECTIONS)
                && asked.get("filter") instanceof BsonDocument filter
                && filter.get("name") instanceof BsonString name
                && names.found.add(names.database + "." + name.getValue());
        if (!isOfOne) {
            names.found.add(read.namespace());
        }
        names.stages(asked.get("pipeline"));
        return names.found;
    }

    /** All that is named, whatever is done with it. */
    static Set<String> namedBy(ShellCall call) {
        boolean isCommand = call.isCommand();
        Namespaces names = new Namespaces(
                isCommand ? call.arguments().getString("database").getValue() : call.database());
        names.found.add(call.namespace());
        if (isCommand) {
            names.command(call.command());
        } else {
            names.stages(call.arguments().get("pipeline"));
        }
        return names.found;
    }

    private void command(BsonDocument command) {
        if (command.isEmpty()) {
            return;
        }
        String name = command.getFirstKey();
        name(database, command.get(name));
        stages(command.get("pipeline"));
        switch (Operation.of(name)) {
            case RENAME_COLLECTION -> name(database, command.get("to"));
            case CREATE, COLL_MOD -> name(database, command.get("viewOn"));
            case MAP_REDUCE -> name(database, command.get("out"));
            case BULK_WRITE -> texts(command.get("nsInfo"));
            case EXPLAIN -> {
                if (command.get(name) instanceof BsonDocument explained) {
                    command(explained);
                }
            }
            // Nothing is known of where they have names.
            case APPLY_OPS, OTHER -> texts(command);
            default -> {}
        }
    }

    /** A name, full or of this database; or a document that has one. */
    private void name(String ofDatabase, @Nullable BsonValue value) {
        if (value instanceof BsonString text) {
            found.add(ofDatabase + "." + text.getValue());
            if (text.getValue().indexOf('.') > 0) {
                found.add(text.getValue());
            }
        } else if (value instanceof BsonDocument document) {
            String other = document.get("db") instanceof BsonString named ? named.getValue() : ofDatabase;
            NAMING.stream().map(document::get).filter(Objects::nonNull).forEach(each -> name(other, each));
        }
    }

    /** What a pipeline reads and writes beside its own collection, at any depth. */
    private void stages(@Nullable BsonValue value) {
        if (value instanceof BsonArray values) {
            values.forEach(this::stages);
        } else if (value instanceof BsonDocument document) {
            document.forEach((key, each) -> {
                if (STAGES.contains(key)) {
                    name(database, each);
                }
                stages(each);
            });
        }
    }

    private void texts(@Nullable BsonValue value) {
        if (value instanceof BsonArray values) {
            values.forEach(this::texts);
        } else if (value instanceof BsonDocument document) {
            document.values().forEach(this::texts);
        } else {
            name(database, value);
        }
    }
}
