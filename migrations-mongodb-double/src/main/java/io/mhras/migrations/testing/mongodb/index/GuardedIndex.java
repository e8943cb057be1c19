package io.mhras.migrations.testing.mongodb.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mhras.migrations.testing.mongodb.bson.Values;
import io.mhras.migrations.testing.mongodb.expression.Expressions;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.validation.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An index that finds nothing faster, and refuses the documents that the server cannot put into it. */
public final class GuardedIndex extends EmptyIndex<Integer> {

    private final Document spec;
    private final Supplier<Document> description;

    /** The description is the one that is listed, which {@code collMod} changes. */
    public GuardedIndex(String name, List<IndexKey> keys, Document spec, Supplier<Document> description) {
        super(name, keys);
        this.spec = spec;
        this.description = description;
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Integer> collection) {
        check(document, collection);
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<Integer> collection) {
        check(after, collection);
    }

    private void check(Document document, MongoCollection<Integer> collection) {
        Document filter = Commands.document(spec, "partialFilterExpression");
        if (!Filter.matches(filter, document)) {
            return;
        }
        checkParallelArrays(document);
        Commands.document(spec, "key").forEach((field, kind) -> {
            Object value = Expressions.evaluate("$" + field.replace(".$**", ""), document);
            if (!(kind instanceof String name) || Missing.isNullOrMissing(value)) {
                return;
            }
            switch (name) {
                case "2dsphere" -> Geometry.checkSphere(value, document);
                case "2d" -> Geometry.checkFlat(value);
                case "hashed" -> checkHashed(field, value);
                default -> {}
            }
        });
        if (Commands.isTrue(description.get(), "prepareUnique")) {
            checkPreparedUnique(document, collection);
        }
    }

    private static void checkHashed(String field, @Nullable Object value) {
        if (value instanceof Collection) {
            throw new MongoServerError(
                    16766,
                    "Location16766",
                    "hashed indexes do not currently support array values. Found array at path: " + field);
        }
    }

    /** Of two fields one at most may be an array. */
    private void checkParallelArrays(Document document) {
        TreeSet<String> arrays = new TreeSet<>();
        for (String field : Commands.document(spec, "key").keySet()) {
            arrayIn(document, field).forEach(arrays::add);
        }
        if (arrays.size() > 1) {
            List<String> two = new ArrayList<>(arrays);
            throw new MongoServerError(
                    171,
                    "CannotIndexParallelArrays",
                    "cannot index parallel arrays [" + two.get(1) + "] [" + two.get(0) + "]");
        }
    }

    private static List<String> arrayIn(Document document, String path) {
        Object value = document;
        String walked = "";
        for (String part : Utils.splitPath(path)) {
            value = value instanceof Document inner ? inner.get(part) : null;
            walked = walked.isEmpty() ? part : walked + "." + part;
            if (value instanceof Collection) {
                return List.of(walked);
            }
        }
        return List.of();
    }

    private void checkPreparedUnique(Document document, MongoCollection<Integer> collection) {
        Object key = key(document);
        for (Document other : collection.queryAll()) {
            if (!Values.same(other.get("_id"), document.get("_id")) && Values.same(key(other), key)) {
                throw new MongoServerError(
                        11000,
                        "DuplicateKey",
                        "E11000 duplicate key error collection: " + collection.getFullName() + " index: " + getName()
                                + " dup key: " + key(document).toString(true));
            }
        }
    }

    private Document key(Document document) {
        Document key = new Document();
        for (String field : Commands.document(spec, "key").keySet()) {
            Object value = Expressions.evaluate("$" + field, document);
            key.put(field, value instanceof Missing ? null : value);
        }
        return key;
    }
}
