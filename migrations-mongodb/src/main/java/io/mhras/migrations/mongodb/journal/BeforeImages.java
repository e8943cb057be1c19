package io.mhras.migrations.mongodb.journal;

import static com.mongodb.client.model.Filters.eq;

import io.mhras.migrations.mongodb.history.CreatedCollections;
import io.mhras.migrations.mongodb.server.CollectionCatalog;
import io.mhras.migrations.mongodb.shell.Operation.Trait;
import io.mhras.migrations.mongodb.shell.ShellCall;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Takes before-images of what a write is about to change: after a crash they show whether it was changed. */
final class BeforeImages {

    private static final String EXISTED = "existed";
    private static final String UUID = "uuid";
    private static final String DOCUMENT = "document";
    private static final String NONE = "none";

    private final CollectionCatalog catalog;
    private final Set<String> seen = new HashSet<>();

    BeforeImages(CollectionCatalog catalog) {
        this.catalog = catalog;
    }

    /** The before-image of this call, of its collection and its document. */
    BsonDocument look(ShellCall call) {
        BsonDocument before = lookAtCollection(call);
        BsonValue id = idOfOneDocument(call);
        if (id != null) {
            before.append(DOCUMENT, new BsonString(stateOf(call.namespace(), id)));
        }
        return before;
    }

    private BsonDocument lookAtCollection(ShellCall call) {
        BsonDocument before = new BsonDocument();
        String namespace = call.changed();
        if (isCollection(namespace) && (seen.add(namespace) || isOfCollection(call))) {
            BsonDocument collection = catalog.entry(namespace);
            before.append(EXISTED, BsonBoolean.valueOf(collection != null));
            BsonValue uuid = uuid(collection);
            if (uuid != null) {
                before.append(UUID, uuid);
            }
            if (collection == null && call.mayCreate()) {
                before.append(CreatedCollections.CREATES, new BsonString(namespace));
            }
        }
        if (call.has(Trait.DROPS)) {
            seen.remove(namespace);
            before.append(CreatedCollections.DROPS, new BsonString(namespace));
        }
        return before;
    }

    /** Nothing of this call was done: if the collection exists by now, others created it; or the next call does. */
    void forget(ShellCall call) {
        seen.remove(call.changed());
    }

    /** Whether the one document of this call was not there before it. */
    static boolean hadNoDocument(BsonDocument before) {
        return new BsonString(NONE).equals(before.get(DOCUMENT));
    }

    /** Whether it is settled by the before-image of its collection. */
    private static boolean isOfCollection(ShellCall call) {
        return switch (call.operation().doubt()) {
            case COLLECTION_TO_CREATE, COLLECTION_TO_DROP, COLLECTION_TO_RENAME -> true;
            default -> false;
        };
    }

    /** Whether the collection of this call was not there before it. */
    static boolean hadNoCollection(BsonDocument before) {
        return BsonBoolean.FALSE.equals(before.get(EXISTED));
    }

    /** Whether the collection is the one that was there, and not another of its name. */
    static boolean isSameCollection(BsonDocument before, BsonDocument collection) {
        return !before.containsKey(UUID) || before.get(UUID).equals(uuid(collection));
    }

    /** Whether the one document that the call is about is as it was; false for a call that is about others. */
    boolean isSameDocument(BsonDocument before, ShellCall call) {
        BsonValue id = idOfOneDocument(call);
        return id != null
                && before.containsKey(DOCUMENT)
                && before.getString(DOCUMENT).getValue().equals(stateOf(call.namespace(), id));
    }

    private String stateOf(String namespace, BsonValue id) {
        BsonDocument document =
                catalog.collection(namespace).find(eq("_id", id)).first();
        return document == null ? NONE : PackedBson.hash(document);
    }

    /** The _id by which the call finds its document; null if it finds it, or them, by anything else. */
    static @Nullable BsonValue idOfOneDocument(ShellCall call) {
        return switch (call.operation().doubt()) {
            case DOCUMENT_BY_ID, ANSWERED_DOCUMENT_BY_ID ->
                call.arguments().get("filter") instanceof BsonDocument filter ? literalId(filter) : null;
            default -> null;
        };
    }

    static @Nullable BsonValue literalId(BsonDocument filter) {
        BsonValue id = filter.get("_id");
        boolean isOperator = id instanceof BsonDocument document
                && !document.isEmpty()
                && document.getFirstKey().startsWith("$");
        return id == null || isOperator || id.isRegularExpression() ? null : id;
    }

    private static @Nullable BsonValue uuid(@Nullable BsonDocument collection) {
        return collection == null
                ? null
                : collection.getDocument("info", new BsonDocument()).get(UUID);
    }

    private static boolean isCollection(String namespace) {
        return namespace.indexOf('.') > 0 && !namespace.endsWith(".");
    }
}
