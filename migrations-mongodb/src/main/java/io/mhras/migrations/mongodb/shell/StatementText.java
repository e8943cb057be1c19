package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.mongodb.shell.ValueText.Values;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Writes a write as it would be typed in mongosh, in one line, without the values that can be user data. */
public final class StatementText {

    private static final int LONGEST = 160;
    private static final int DEEPEST = 6;

    /** Names that a database has for something else; {@code db.stats} is no collection. */
    private static final Set<String> METHODS = Set.of("stats", "version", "hello", "aggregate", "currentOp", "getName");

    private final String database;
    private final int deepest;

    private StatementText(String database, int deepest) {
        this.database = database;
        this.deepest = deepest;
    }

    /** @param database that {@code db} is in the script */
    public static String of(ShellCall call, String database) {
        String text = "";
        for (int deepest = DEEPEST; deepest > 0; deepest--) {
            text = new StatementText(database, deepest).statement(call);
            if (text.length() <= LONGEST) {
                return text;
            }
        }
        return text.substring(0, LONGEST) + "...";
    }

    private String statement(ShellCall call) {
        return call.isCommand() ? command(call) : operation(call);
    }

    private String operation(ShellCall call) {
        BsonDocument arguments = call.arguments().clone();
        BsonValue options = arguments.remove("options");
        if (arguments.get("document") instanceof BsonDocument document) {
            arguments.put("document", withoutMadeUpId(document));
        }
        if (arguments.get("documents") instanceof BsonArray documents) {
            arguments.put(
                    "documents",
                    new BsonArray(documents.stream()
                            .map(document -> withoutMadeUpId(document.asDocument()))
                            .toList()));
        }
        Stream<String> shown = arguments.values().stream().map(value -> written(value, Values.NAMES));
        Stream<String> settings = Stream.ofNullable(options)
                .filter(set -> !set.asDocument().isEmpty())
                .map(set -> written(set, Values.NAMES));
        return collection(call.namespace()) + call(call.name(), Stream.concat(shown, settings));
    }

    /** An id of this type was most likely just generated, and the next run generates another. */
    private static BsonDocument withoutMadeUpId(BsonDocument document) {
        BsonDocument rest = document.clone();
        if (rest.get("_id") instanceof BsonObjectId) {
            rest.remove("_id");
        }
        return rest;
    }

    private String command(ShellCall call) {
        BsonDocument command = call.command();
        String name = command.getFirstKey();
        BsonValue target = command.get(name, BsonNull.VALUE);
        BsonDocument rest = command.clone();
        rest.remove(name);
        return switch (call.operation().shown()) {
            case CREATE -> create(call, target, rest);
            case CREATE_INDEXES -> collection(call.namespace()) + createIndexes(rest);
            case DROP -> collection(call.namespace()) + call(name, options(rest));
            case DROP_INDEXES -> collection(call.namespace()) + dropIndexes(rest);
            case DROP_DATABASE -> database(call.namespace()) + call(name, Stream.empty());
            case RENAME -> rename(call, rest);
            case NEW_ACCOUNT -> {
                BsonDocument account = new BsonDocument(call.is(Operation.CREATE_USER) ? "user" : "role", target);
                account.putAll(rest);
                yield database(databaseOf(call)) + call(name, Stream.of(all(account)));
            }
            case ACCOUNT -> database(databaseOf(call)) + call(name, Stream.of(written(target, Values.ALL), all(rest)));
            case COMMAND_WITH_VALUES -> raw(call, Values.ALL);
            case CALL, COMMAND -> raw(call, Values.NAMES);
        };
    }

    private String create(ShellCall call, BsonValue name, BsonDocument rest) {
        String view = rest.containsKey("viewOn") ? "createView" : "createCollection";
        Stream<String> parts = Stream.of("viewOn", "pipeline")
                .filter(rest::containsKey)
                .map(part -> written(rest.get(part, BsonNull.VALUE), Values.ALL))
                .toList()
                .stream();
        BsonDocument options = rest.clone();
        options.remove("viewOn");
        options.remove("pipeline");
        Stream<String> first = Stream.concat(Stream.of(written(name, Values.ALL)), parts);
        return database(databaseOf(call)) + call(view, Stream.concat(first, options(options)));
    }

    private String createIndexes(BsonDocument rest) {
        List<BsonDocument> indexes = ShellCall.documents(rest.getArray("indexes", new BsonArray()));
        if (indexes.size() != 1) {
            Stream<String> keys = indexes.stream().map(index -> written(index.get("key", BsonNull.VALUE), Values.ALL));
            return ".createIndexes([" + keys.collect(Collectors.joining(", ")) + "])";
        }
        BsonDocument options = indexes.get(0).clone();
        BsonDocument key = options.remove("key") instanceof BsonDocument keys ? keys : new BsonDocument();
        if (options.get("name") instanceof BsonString name && name.getValue().equals(usualName(key))) {
            options.remove("name");
        }
        return call("createIndex", Stream.concat(Stream.of(all(key)), options(options)));
    }

    private static String usualName(BsonDocument key) {
        return key.entrySet().stream()
                .map(field -> field.getKey() + "_"
                        + (field.getValue() instanceof BsonString text
                                ? text.getValue()
                                : ValueText.of(field.getValue(), Values.ALL, 1)))
                .collect(Collectors.joining("_"));
    }

    private String dropIndexes(BsonDocument rest) {
        BsonValue index = rest.get("index", new BsonString("*"));
        return index.equals(new BsonString("*"))
                ? ".dropIndexes()"
                : call("dropIndex", Stream.of(written(index, Values.ALL)));
    }

    private String rename(ShellCall call, BsonDocument rest) {
        String from = call.changed();
        String to = call.newName();
        boolean isSameDatabase = to.startsWith(from.substring(0, from.indexOf('.') + 1));
        if (!isSameDatabase) {
            return "db.adminCommand({ " + call.name() + ": " + ValueText.quoted(from) + ", to: " + ValueText.quoted(to)
                    + " })";
        }
        String replacing = rest.getBoolean("dropTarget", BsonBoolean.FALSE).getValue() ? ", true" : "";
        return collection(from) + "." + call.name() + "(" + ValueText.quoted(to.substring(to.indexOf('.') + 1))
                + replacing + ")";
    }

    /** The command's own field names a collection, or is a number. */
    private String raw(ShellCall call, Values values) {
        BsonDocument command = call.command();
        String name = command.getFirstKey();
        BsonDocument rest = command.clone();
        BsonValue target = rest.remove(name);
        String first = "{ " + name + ": " + written(target == null ? BsonNull.VALUE : target, Values.ALL);
        String others = rest.isEmpty() ? " }" : ", " + written(rest, values).substring(2);
        boolean isOfServer = databaseOf(call).equals("admin");
        return (isOfServer ? "db.adminCommand(" : database(databaseOf(call)) + ".runCommand(") + first + others + ")";
    }

    private String all(BsonDocument document) {
        return written(document, Values.ALL);
    }

    private Stream<String> options(BsonDocument options) {
        return options.isEmpty() ? Stream.empty() : Stream.of(all(options));
    }

    private String written(BsonValue value, Values values) {
        return ValueText.of(value, values, deepest);
    }

    private static String call(String method, Stream<String> arguments) {
        return "." + method + arguments.collect(Collectors.joining(", ", "(", ")"));
    }

    private static String databaseOf(ShellCall call) {
        return call.arguments().getString("database").getValue();
    }

    private String database(String name) {
        return name.equals(database) ? "db" : "db.getSiblingDB(" + ValueText.quoted(name) + ")";
    }

    private String collection(String namespace) {
        int dot = namespace.indexOf('.');
        if (dot < 0) {
            return database(namespace);
        }
        String owner = database(namespace.substring(0, dot));
        String name = namespace.substring(dot + 1);
        return name.matches("[A-Za-z][\\w$]*(\\.[A-Za-z][\\w$]*)*") && !METHODS.contains(name)
                ? owner + "." + name
                : owner + ".getCollection(" + ValueText.quoted(name) + ")";
    }
}
