package io.mhras.migrations.mongodb.shell;

import static io.mhras.migrations.mongodb.shell.Doubt.ANSWERED_DOCUMENT_BY_ID;
import static io.mhras.migrations.mongodb.shell.Doubt.ASKS;
import static io.mhras.migrations.mongodb.shell.Doubt.COLLECTION_TO_CREATE;
import static io.mhras.migrations.mongodb.shell.Doubt.COLLECTION_TO_DROP;
import static io.mhras.migrations.mongodb.shell.Doubt.COLLECTION_TO_RENAME;
import static io.mhras.migrations.mongodb.shell.Doubt.DOCUMENTS_TO_DELETE;
import static io.mhras.migrations.mongodb.shell.Doubt.DOCUMENTS_TO_INSERT;
import static io.mhras.migrations.mongodb.shell.Doubt.DOCUMENT_BY_ID;
import static io.mhras.migrations.mongodb.shell.Doubt.INDEX_TO_DROP;
import static io.mhras.migrations.mongodb.shell.Doubt.SENT_AGAIN;
import static io.mhras.migrations.mongodb.shell.Operation.Effect.LOOKS_AT_SERVER;
import static io.mhras.migrations.mongodb.shell.Operation.Effect.READS;
import static io.mhras.migrations.mongodb.shell.Operation.Effect.WRITES;
import static io.mhras.migrations.mongodb.shell.Operation.Effect.WRITES_AT_THE_END_OF_A_PIPELINE;
import static io.mhras.migrations.mongodb.shell.Operation.Effect.WRITES_IF_IT_REPAIRS;
import static io.mhras.migrations.mongodb.shell.Operation.Trait.ANSWERS_MORE;
import static io.mhras.migrations.mongodb.shell.Operation.Trait.CATALOGUE;
import static io.mhras.migrations.mongodb.shell.Operation.Trait.CREATES;
import static io.mhras.migrations.mongodb.shell.Operation.Trait.CREATES_BY_UPSERT;
import static io.mhras.migrations.mongodb.shell.Operation.Trait.DROPS;
import static io.mhras.migrations.mongodb.shell.Operation.Trait.EMPTY_IN_TRANSACTION;
import static io.mhras.migrations.mongodb.shell.Operation.Trait.IN_PARTS;
import static io.mhras.migrations.mongodb.shell.Operation.Trait.NOT_IN_TRANSACTION;
import static io.mhras.migrations.mongodb.shell.Operation.Trait.NO_DOCUMENTS;
import static io.mhras.migrations.mongodb.shell.Operation.Trait.WRITE_CONCERN;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a script can ask of the server, one row per operation: the shell's own operations first, then commands as {@code
 * runCommand} takes them. Where both have one name, the row is that of both.
 *
 * <p>This is the only place that knows what an operation means. A command that is not listed is taken for a write about
 * which nothing is known.
 */
public enum Operation {
    INSERT_ONE("insertOne", WRITES, DOCUMENTS_TO_INSERT, Shown.CALL, CREATES),
    INSERT_MANY("insertMany", WRITES, DOCUMENTS_TO_INSERT, Shown.CALL, CREATES, IN_PARTS),
    UPDATE_ONE("updateOne", WRITES, DOCUMENT_BY_ID, Shown.CALL, CREATES_BY_UPSERT),
    UPDATE_MANY("updateMany", WRITES, ASKS, Shown.CALL, CREATES_BY_UPSERT, IN_PARTS),
    REPLACE_ONE("replaceOne", WRITES, DOCUMENT_BY_ID, Shown.CALL, CREATES_BY_UPSERT),
    DELETE_ONE("deleteOne", WRITES, DOCUMENT_BY_ID, Shown.CALL),
    DELETE_MANY("deleteMany", WRITES, DOCUMENTS_TO_DELETE, Shown.CALL),
    FIND_ONE_AND_UPDATE("findOneAndUpdate", WRITES, ANSWERED_DOCUMENT_BY_ID, Shown.CALL, CREATES_BY_UPSERT),
    FIND_ONE_AND_REPLACE("findOneAndReplace", WRITES, ANSWERED_DOCUMENT_BY_ID, Shown.CALL, CREATES_BY_UPSERT),
    FIND_ONE_AND_DELETE("findOneAndDelete", WRITES, ANSWERED_DOCUMENT_BY_ID, Shown.CALL),
    BULK_WRITE("bulkWrite", WRITES, ASKS, Shown.COMMAND, CREATES_BY_UPSERT, IN_PARTS, ANSWERS_MORE, WRITE_CONCERN),
    AGGREGATE("aggregate", WRITES_AT_THE_END_OF_A_PIPELINE, ASKS, Shown.COMMAND, CREATES, IN_PARTS, WRITE_CONCERN),
    FIND("find", READS),
    COUNT_DOCUMENTS("countDocuments", READS),
    ESTIMATED_DOCUMENT_COUNT("estimatedDocumentCount", READS),
    GET_MORE("getMore", LOOKS_AT_SERVER),
    KILL_CURSORS("killCursors", LOOKS_AT_SERVER),

    CREATE("create", WRITES, COLLECTION_TO_CREATE, Shown.CREATE, CREATES, NO_DOCUMENTS, WRITE_CONCERN),
    CREATE_INDEXES(
            "createIndexes",
            WRITES,
            SENT_AGAIN,
            Shown.CREATE_INDEXES,
            CREATES,
            NO_DOCUMENTS,
            EMPTY_IN_TRANSACTION,
            WRITE_CONCERN),
    COLL_MOD("collMod", WRITES, SENT_AGAIN, Shown.COMMAND_WITH_VALUES, NO_DOCUMENTS, NOT_IN_TRANSACTION, WRITE_CONCERN),
    DROP("drop", WRITES, COLLECTION_TO_DROP, Shown.DROP, DROPS, NOT_IN_TRANSACTION, WRITE_CONCERN),
    DROP_INDEXES(
            "dropIndexes", WRITES, INDEX_TO_DROP, Shown.DROP_INDEXES, NO_DOCUMENTS, NOT_IN_TRANSACTION, WRITE_CONCERN),
    DROP_DATABASE(
            "dropDatabase", WRITES, ASKS, Shown.DROP_DATABASE, DROPS, IN_PARTS, NOT_IN_TRANSACTION, WRITE_CONCERN),
    RENAME_COLLECTION(
            "renameCollection", WRITES, COLLECTION_TO_RENAME, Shown.RENAME, DROPS, NOT_IN_TRANSACTION, WRITE_CONCERN),
    CONVERT_TO_CAPPED("convertToCapped", WRITES, ASKS, Shown.COMMAND_WITH_VALUES, NOT_IN_TRANSACTION, WRITE_CONCERN),
    RE_INDEX("reIndex", WRITES, ASKS, Shown.COMMAND, NO_DOCUMENTS),
    COMPACT("compact", WRITES, ASKS, Shown.COMMAND, NO_DOCUMENTS),

    INSERT("insert", WRITES, ASKS, Shown.COMMAND, CREATES, IN_PARTS, ANSWERS_MORE, WRITE_CONCERN),
    UPDATE("update", WRITES, ASKS, Shown.COMMAND, CREATES_BY_UPSERT, IN_PARTS, ANSWERS_MORE, WRITE_CONCERN),
    DELETE("delete", WRITES, ASKS, Shown.COMMAND, IN_PARTS, ANSWERS_MORE, WRITE_CONCERN),
    FIND_AND_MODIFY("findAndModify", WRITES, ASKS, Shown.COMMAND, CREATES_BY_UPSERT, ANSWERS_MORE, WRITE_CONCERN),
    MAP_REDUCE("mapReduce", WRITES, ASKS, Shown.COMMAND, IN_PARTS, ANSWERS_MORE),
    APPLY_OPS("applyOps", WRITES, ASKS, Shown.COMMAND, IN_PARTS, ANSWERS_MORE),

    CREATE_USER("createUser", WRITES, ASKS, Shown.NEW_ACCOUNT, NOT_IN_TRANSACTION, WRITE_CONCERN),
    UPDATE_USER("updateUser", WRITES, ASKS, Shown.ACCOUNT, NOT_IN_TRANSACTION, WRITE_CONCERN),
    DROP_USER("dropUser", WRITES, ASKS, Shown.COMMAND, NOT_IN_TRANSACTION, WRITE_CONCERN),
    DROP_ALL_USERS("dropAllUsersFromDatabase", WRITES, ASKS, Shown.COMMAND, WRITE_CONCERN),
    GRANT_ROLES_TO_USER("grantRolesToUser", WRITES, ASKS, Shown.COMMAND, WRITE_CONCERN),
    REVOKE_ROLES_FROM_USER("revokeRolesFromUser", WRITES, ASKS, Shown.COMMAND, WRITE_CONCERN),
    CREATE_ROLE("createRole", WRITES, ASKS, Shown.NEW_ACCOUNT, NOT_IN_TRANSACTION, WRITE_CONCERN),
    UPDATE_ROLE("updateRole", WRITES, ASKS, Shown.ACCOUNT, NOT_IN_TRANSACTION, WRITE_CONCERN),
    DROP_ROLE("dropRole", WRITES, ASKS, Shown.COMMAND, NOT_IN_TRANSACTION, WRITE_CONCERN),
    DROP_ALL_ROLES("dropAllRolesFromDatabase", WRITES, ASKS, Shown.COMMAND, WRITE_CONCERN),
    GRANT_ROLES_TO_ROLE("grantRolesToRole", WRITES, ASKS, Shown.COMMAND, WRITE_CONCERN),
    REVOKE_ROLES_FROM_ROLE("revokeRolesFromRole", WRITES, ASKS, Shown.COMMAND, WRITE_CONCERN),
    GRANT_PRIVILEGES("grantPrivilegesToRole", WRITES, ASKS, Shown.COMMAND, WRITE_CONCERN),
    REVOKE_PRIVILEGES("revokePrivilegesFromRole", WRITES, ASKS, Shown.COMMAND, WRITE_CONCERN),

    COUNT("count", READS),
    DISTINCT("distinct", READS),
    EXPLAIN("explain", READS),
    VALIDATE("validate", WRITES_IF_IT_REPAIRS, SENT_AGAIN, Shown.COMMAND),
    LIST_COLLECTIONS("listCollections", READS, CATALOGUE),
    LIST_INDEXES("listIndexes", READS, CATALOGUE),
    LIST_DATABASES("listDatabases", READS),
    COLL_STATS("collStats", READS),
    DATA_SIZE("dataSize", READS),
    DB_STATS("dbStats", READS),
    DB_HASH("dbHash", READS),
    USERS_INFO("usersInfo", READS),
    ROLES_INFO("rolesInfo", READS),

    PING("ping", LOOKS_AT_SERVER),
    HELLO("hello", LOOKS_AT_SERVER),
    IS_MASTER("isMaster", LOOKS_AT_SERVER),
    BUILD_INFO("buildInfo", LOOKS_AT_SERVER),
    HOST_INFO("hostInfo", LOOKS_AT_SERVER),
    SERVER_STATUS("serverStatus", LOOKS_AT_SERVER),
    CONNECTION_STATUS("connectionStatus", LOOKS_AT_SERVER),
    CURRENT_OP("currentOp", LOOKS_AT_SERVER),
    GET_PARAMETER("getParameter", LOOKS_AT_SERVER),
    GET_CMD_LINE_OPTS("getCmdLineOpts", LOOKS_AT_SERVER),
    REPL_SET_GET_STATUS("replSetGetStatus", LOOKS_AT_SERVER),
    WHATS_MY_URI("whatsmyuri", LOOKS_AT_SERVER),

    OTHER("", WRITES, ASKS, Shown.COMMAND);

    /** Whether it changes something. */
    public enum Effect {
        READS,
        /** It only asks the server about itself, or goes on with a cursor, whose query was asked when it was opened. */
        LOOKS_AT_SERVER,
        /** With {@code $out} or {@code $merge}. */
        WRITES_AT_THE_END_OF_A_PIPELINE,
        /** With {@code repair} or {@code fixMultikey}. */
        WRITES_IF_IT_REPAIRS,
        WRITES
    }

    /** How it is shown to people. */
    public enum Shown {
        /** As it was called. */
        CALL,
        CREATE,
        CREATE_INDEXES,
        DROP,
        DROP_INDEXES,
        DROP_DATABASE,
        RENAME,
        NEW_ACCOUNT,
        ACCOUNT,
        /** As a command, its values too. */
        COMMAND_WITH_VALUES,
        COMMAND
    }

    /** What else there is to know of it. */
    public enum Trait {
        /** The driver adds no write concern to a command; the server takes one for this. */
        WRITE_CONCERN,
        /** A collection that is missing is created by it. */
        CREATES,
        /** The same, if it adds a document where it finds none, or has an insert among its items. */
        CREATES_BY_UPSERT,
        /** The collection or database is not there any more. */
        DROPS,
        /** It changes no document. */
        NO_DOCUMENTS,
        /** It reads no document, but what collections and indexes there are. */
        CATALOGUE,
        /** The server does it item by item, and may refuse the rest. */
        IN_PARTS,
        /** The answer to the command says more than that it is done. */
        ANSWERS_MORE,
        /** The server refuses it in a transaction. */
        NOT_IN_TRANSACTION,
        /** The same, but for a collection that the transaction has created. */
        EMPTY_IN_TRANSACTION
    }

    /** The server knows some commands in lower case too; and any other spelling it refuses. */
    private static final Map<String, Operation> BY_NAME = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        for (Operation each : values()) {
            BY_NAME.put(each.word, each);
        }
    }

    private final String word;
    private final Effect effect;
    private final Doubt doubt;
    private final Shown shown;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable.
    private final Set<Trait> traits;

    Operation(String word, Effect effect, Trait... traits) {
        this(word, effect, SENT_AGAIN, Shown.COMMAND, traits);
    }

    Operation(String word, Effect effect, Doubt doubt, Shown shown, Trait... traits) {
        this.word = word;
        this.effect = effect;
        this.doubt = doubt;
        this.shown = shown;
        this.traits = Set.of(traits);
    }

    public static Operation of(String word) {
        return BY_NAME.getOrDefault(word, OTHER);
    }

    /** As scripts and servers spell it. */
    public String word() {
        return word;
    }

    public Effect effect() {
        return effect;
    }

    public Doubt doubt() {
        return doubt;
    }

    Shown shown() {
        return shown;
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
