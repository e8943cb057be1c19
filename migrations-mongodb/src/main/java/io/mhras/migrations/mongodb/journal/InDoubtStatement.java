package io.mhras.migrations.mongodb.journal;

import static com.mongodb.client.model.Filters.eq;

import io.mhras.migrations.mongodb.server.CollectionCatalog;
import io.mhras.migrations.mongodb.server.CollectionOptions;
import io.mhras.migrations.mongodb.shell.Doubt;
import io.mhras.migrations.mongodb.shell.Operation;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellResults;
import io.mhras.migrations.mongodb.shell.UnknownResult;
import io.mhras.migrations.mongodb.shell.ValueText;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Settles a statement in doubt: one that was sent, or about to be sent, when its process ended.
 *
 * <p>It is sent again where a second time changes nothing, and where the database shows that there was no first time.
 * Other clients may have been at work since: what they have changed must not be changed back. Whatever stays in doubt is
 * for the user to decide.
 */
final class InDoubtStatement {

    private static final BsonDocument OK = new BsonDocument("ok", new BsonInt32(1));

    private final CollectionCatalog catalog;
    private final BeforeImages images;

    InDoubtStatement(CollectionCatalog catalog, BeforeImages images) {
        this.catalog = catalog;
        this.images = images;
    }

    /**
     * Settles it by the rule for its operation; see {@link Doubt}.
     *
     * @param old what the journal has of it
     * @param call the same call, in this run
     */
    Verdict settle(JournalEntry old, ShellCall call) {
        return switch (call.operation().doubt()) {
            case SENT_AGAIN -> send(call);
            case COLLECTION_TO_CREATE -> create(old, call);
            case COLLECTION_TO_DROP -> drop(old, call);
            case COLLECTION_TO_RENAME -> rename(old, call);
            case INDEX_TO_DROP -> dropIndexes(call);
            case DOCUMENTS_TO_INSERT -> new InDoubtInsert(call).settle(catalog);
            case DOCUMENT_BY_ID -> changeOne(old, call);
            case ANSWERED_DOCUMENT_BY_ID ->
                images.isSameDocument(old.before(), call)
                        ? send(call)
                        : new Verdict.Ask("It answers with a document, and that answer is lost.");
            case DOCUMENTS_TO_DELETE -> deleteMany(call);
            case ASKS ->
                new Verdict.Ask(
                        call.is(Operation.UPDATE_MANY)
                                ? "A second time would change the documents again."
                                : "What it changes cannot be seen from here.");
        };
    }

    private static Verdict send(ShellCall call) {
        return new Verdict.Send(call, null);
    }

    private Verdict create(JournalEntry old, ShellCall call) {
        BsonDocument there = catalog.entry(call.namespace());
        if (there == null || !BeforeImages.hadNoCollection(old.before())) {
            return send(call);
        }
        // Another client creates a collection by writing to it, and then it has no options.
        String difference =
                CollectionOptions.difference(call.command(), there.getDocument("options", new BsonDocument()));
        if (difference != null) {
            return new Verdict.Ask(difference);
        }
        return new Verdict.Done(OK);
    }

    private Verdict drop(JournalEntry old, ShellCall call) {
        BsonDocument there = catalog.entry(call.namespace());
        boolean isWhatWasThere = !BeforeImages.hadNoCollection(old.before())
                && there != null
                && BeforeImages.isSameCollection(old.before(), there);
        return isWhatWasThere ? send(call) : new Verdict.Done(OK);
    }

    private Verdict dropIndexes(ShellCall call) {
        BsonValue which = call.command().get("index");
        if (which == null || which.isArray() || which.equals(new BsonString("*"))) {
            return send(call);
        }
        if (catalog.entry(call.namespace()) != null) {
            for (BsonDocument index : catalog.collection(call.namespace()).listIndexes(BsonDocument.class)) {
                if (which.equals(index.get("name")) || isKey(which, index.getDocument("key"))) {
                    return send(call);
                }
            }
        }
        return new Verdict.Done(OK);
    }

    /** The server takes {@code 1} and {@code 1.0} for the same. */
    private static boolean isKey(BsonValue which, BsonDocument key) {
        if (!which.isDocument() || !List.copyOf(which.asDocument().keySet()).equals(List.copyOf(key.keySet()))) {
            return false;
        }
        return key.entrySet().stream()
                .allMatch(field ->
                        isSame(which.asDocument().getOrDefault(field.getKey(), BsonNull.VALUE), field.getValue()));
    }

    private static boolean isSame(BsonValue wanted, BsonValue there) {
        return wanted.isNumber() && there.isNumber()
                ? wanted.asNumber().doubleValue() == there.asNumber().doubleValue()
                : wanted.equals(there);
    }

    private Verdict rename(JournalEntry old, ShellCall call) {
        String from = call.changed();
        String to = call.newName();
        BsonDocument source = catalog.entry(from);
        BsonDocument target = catalog.entry(to);
        if (source != null && BeforeImages.isSameCollection(old.before(), source)) {
            return send(call);
        }
        return source == null && target != null && BeforeImages.isSameCollection(old.before(), target)
                ? new Verdict.Done(OK)
                : new Verdict.Ask("Neither " + from + " nor " + to + " is the collection that was renamed.");
    }

    private Verdict changeOne(JournalEntry old, ShellCall call) {
        BsonValue id = BeforeImages.idOfOneDocument(call);
        if (id == null) {
            return new Verdict.Ask(
                    "It does not say by _id which document it changes, so it might change another one now.");
        }
        if (images.isSameDocument(old.before(), call)) {
            return send(call);
        }
        BsonDocument now =
                catalog.collection(call.namespace()).find(eq("_id", id)).first();
        boolean isDone = now == null ? call.is(Operation.DELETE_ONE) : isAsWanted(call, id, now);
        return isDone
                ? new Verdict.Done(changed(old, call, id))
                : new Verdict.Ask(
                        "The document " + shown(id) + " is no longer what it was, and not what it was to become.");
    }

    private static boolean isAsWanted(ShellCall call, BsonValue id, BsonDocument now) {
        if (call.is(Operation.REPLACE_ONE)) {
            BsonDocument wanted = new BsonDocument("_id", id);
            wanted.putAll(call.arguments().getDocument("replacement"));
            return wanted.equals(now);
        }
        return call.arguments().get("update") instanceof BsonDocument update && hasWhatItSets(now, update);
    }

    /** Whether this update does nothing but set fields or take them away, and the document shows it. */
    private static boolean hasWhatItSets(BsonDocument now, BsonDocument update) {
        BsonDocument set = update.getDocument("$set", new BsonDocument());
        BsonDocument unset = update.getDocument("$unset", new BsonDocument());
        return Set.of("$set", "$unset").containsAll(update.keySet())
                && set.entrySet().stream().allMatch(field -> field.getValue().equals(at(field.getKey(), now)))
                && unset.keySet().stream().noneMatch(path -> path.contains(".") || now.containsKey(path));
    }

    /** Null if there is nothing. */
    private static @Nullable BsonValue at(String path, BsonValue value) {
        int dot = path.indexOf('.');
        BsonValue next =
                value instanceof BsonDocument document ? document.get(dot < 0 ? path : path.substring(0, dot)) : null;
        return dot < 0 || next == null ? next : at(path.substring(dot + 1), next);
    }

    private Verdict deleteMany(ShellCall call) {
        BsonDocument filter = call.arguments().getDocument("filter");
        // A deleted _id is not used again; but other documents may match another filter by now.
        boolean isById = filter.get("_id") instanceof BsonDocument operator
                ? operator.size() == 1 && operator.containsKey("$in")
                : BeforeImages.literalId(filter) != null;
        if (isById) {
            return new Verdict.Send(call, UnknownResult.UNKNOWN);
        }
        long left = catalog.collection(call.namespace()).countDocuments(filter);
        return left == 0
                ? new Verdict.Done(UnknownResult.UNKNOWN)
                : new Verdict.Ask("There are " + left + " documents to delete; some may have come since.");
    }

    private static BsonDocument changed(JournalEntry old, ShellCall call, BsonValue id) {
        if (call.is(Operation.DELETE_ONE)) {
            return ShellResults.acknowledged().append("deletedCount", new BsonInt32(1));
        }
        int before = BeforeImages.hadNoDocument(old.before()) ? 0 : 1;
        return ShellResults.acknowledged()
                .append("insertedId", before == 0 ? id : BsonNull.VALUE)
                .append("matchedCount", new BsonInt32(before))
                .append("modifiedCount", new BsonInt32(before))
                .append("upsertedCount", new BsonInt32(1 - before));
    }

    private static String shown(BsonValue id) {
        return ValueText.json(id);
    }
}
