package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.mongodb.shell.Operation.Trait;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One call of a script to the server.
 *
 * @param name of a command, for example {@code createIndexes}, or one of the shell's, for example {@code insertOne}
 * @param namespace database and collection, for example {@code compliance.audits}; the database alone where there is none
 * @param arguments type-exact; with the ids that the script's side generated. A command's are {@code {database, command}}
 * @param line of the script, from 1; 0 if not known
 * @param column from 1; 0 if not known
 */
public record ShellCall(String name, String namespace, BsonDocument arguments, int line, int column) {

    public Operation operation() {
        return Operation.of(name);
    }

    public boolean is(Operation operation) {
        return operation() == operation;
    }

    public boolean has(Trait trait) {
        return operation().has(trait);
    }

    /** Whether it is a command as {@code runCommand} takes it, and not one of the shell's operations. */
    public boolean isCommand() {
        return arguments.containsKey("command");
    }

    /** The command, if it is one. */
    public BsonDocument command() {
        return arguments.getDocument("command");
    }

    /** What is asked: the command, or the arguments. */
    public BsonDocument asked() {
        return isCommand() ? command() : arguments;
    }

    /** The database's name. */
    public String database() {
        int dot = namespace.indexOf('.');
        return dot < 0 ? namespace : namespace.substring(0, dot);
    }

    /** The same with another argument. */
    public ShellCall with(String argument, BsonValue value) {
        return new ShellCall(name, namespace, arguments.clone().append(argument, value), line, column);
    }

    public static List<BsonDocument> documents(BsonValue list) {
        return list.asArray().stream().map(BsonValue::asDocument).toList();
    }

    /** Those that an insert of the shell adds. */
    public List<BsonDocument> documents() {
        return is(Operation.INSERT_ONE)
                ? List.of(arguments.getDocument("document"))
                : items("documents").toList();
    }

    /** Whether it changes something. What is not known to only read does. */
    public boolean writes() {
        return switch (operation().effect()) {
            case READS, LOOKS_AT_SERVER -> false;
            case WRITES_AT_THE_END_OF_A_PIPELINE ->
                lastStage().containsKey("$out") || lastStage().containsKey("$merge");
            case WRITES_IF_IT_REPAIRS -> asked().containsKey("repair") || asked().containsKey("fixMultikey");
            case WRITES -> true;
        };
    }

    /** Whether the server does it item by item, and may refuse the rest: {@code $out} puts its result into place at once. */
    public boolean isDoneInParts() {
        return has(Trait.IN_PARTS) && !lastStage().containsKey("$out");
    }

    /** Of an aggregation. */
    private BsonDocument lastStage() {
        return items("pipeline").reduce(new BsonDocument(), (before, stage) -> stage);
    }

    /** Whether it creates the collection that it changes, if that is missing. */
    public boolean mayCreate() {
        return writes() && (has(Trait.CREATES) || (has(Trait.CREATES_BY_UPSERT) && adds()));
    }

    private boolean adds() {
        return isUpsert(asked())
                || isUpsert(asked().get("options"))
                || Stream.concat(items("updates"), items("operations"))
                        .anyMatch(item -> item.containsKey(Operation.INSERT_ONE.word())
                                || isUpsert(item)
                                || item.values().stream().anyMatch(ShellCall::isUpsert));
    }

    private static boolean isUpsert(@Nullable BsonValue options) {
        return options instanceof BsonDocument document && BsonBoolean.TRUE.equals(document.get("upsert"));
    }

    /** The documents of a list among what is asked. */
    private Stream<BsonDocument> items(String list) {
        return asked().get(list) instanceof BsonArray array
                ? array.stream().filter(BsonValue::isDocument).map(BsonValue::asDocument)
                : Stream.of();
    }

    /** The collection that a write changes, or the first of them; a database's name where all of it may be meant. */
    public String changed() {
        return switch (operation()) {
            // It is asked of another database.
            case RENAME_COLLECTION -> command().getString(name).getValue();
            case AGGREGATE -> target(lastStage());
            default -> namespace;
        };
    }

    /** The new name, of a renaming. */
    public String newName() {
        return command().getString("to").getValue();
    }

    /** Of {@code $out} and {@code $merge}: a name, or {@code {db, coll}}. */
    private String target(BsonDocument stage) {
        BsonValue target = stage.get(stage.getFirstKey());
        if (target instanceof BsonDocument merge && merge.containsKey("into")) {
            target = merge.get("into");
        }
        if (target instanceof BsonDocument named) {
            return named.getString("db", new BsonString(database())).getValue() + "."
                    + named.getString("coll").getValue();
        }
        return database() + "." + (target instanceof BsonString collection ? collection.getValue() : target);
    }
}
