package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mhras.migrations.testing.mongodb.bson.Values;
import io.mhras.migrations.testing.mongodb.expression.Expressions;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code collMod} does to an index. */
final class IndexChanges {

    private static final List<String> OPTIONS = List.of("hidden", "expireAfterSeconds", "prepareUnique");

    private final DoubleBackend backend;
    private final Catalog catalog;

    IndexChanges(DoubleBackend backend, Catalog catalog) {
        this.backend = backend;
        this.catalog = catalog;
    }

    Document modify(Call call, Document change) {
        if (!change.containsKey("name") && !change.containsKey("keyPattern")) {
            throw Errors.invalidOptions("Must specify either index name or key pattern.");
        }
        if (OPTIONS.stream().noneMatch(change::containsKey) && !change.containsKey("unique")) {
            throw Errors.invalidOptions("no expireAfterSeconds, hidden, unique, or prepareUnique field");
        }
        Object asked = change.containsKey("name") ? change.get("name") : change.get("keyPattern");
        Document index = descriptions(call).stream()
                .filter(each -> Objects.equals(each.get("name"), change.get("name"))
                        || Values.same(each.get("key"), change.get("keyPattern")))
                .findFirst()
                .orElseThrow(() -> Errors.indexNotFound("cannot find index " + asked + " for ns " + call.namespace()));
        if (change.containsKey("hidden") && "_id_".equals(index.get("name"))) {
            throw Errors.badValue("can't hide _id index");
        }
        Document answer = new Document();
        for (String option : OPTIONS) {
            if (change.containsKey(option)) {
                change(option, index, change.get(option), answer);
            }
        }
        if (Commands.isTrue(change, "unique") && !Commands.isTrue(index, "unique")) {
            makeUnique(call, index);
            answer.append("unique_new", true);
        }
        return answer;
    }

    private static void change(String option, Document index, @Nullable Object value, Document answer) {
        Object before = option.equals("expireAfterSeconds")
                ? whole(index.get(option))
                : (Object) Commands.isTrue(index, option);
        Object after = option.equals("expireAfterSeconds") ? whole(value) : value;
        if (Objects.equals(before, after)) {
            return;
        }
        if (before != null) {
            answer.append(option + "_old", before);
        }
        answer.append(option + "_new", after);
        if (Boolean.FALSE.equals(value)) {
            index.remove(option);
        } else {
            index.put(option, value);
        }
    }

    private static @Nullable Object whole(@Nullable Object seconds) {
        return seconds instanceof Number number ? (Object) number.longValue() : null;
    }

    /** The descriptions that mongo-java-server keeps, not copies. */
    private List<Document> descriptions(Call call) {
        List<Document> found = new ArrayList<>();
        var all = catalog.collection(call.database(), "system.indexes");
        if (all != null) {
            all.handleQuery(new Document("ns", call.namespace())).forEach(found::add);
        }
        return found;
    }

    private void makeUnique(Call call, Document index) {
        if (!Commands.isTrue(index, "prepareUnique")) {
            throw Errors.invalidOptions(
                    "Cannot make index unique with 'prepareUnique=false'. Run collMod to set it first.");
        }
        Map<@Nullable Object, List<@Nullable Object>> ids = new LinkedHashMap<>();
        for (Document document : catalog.find(call.database(), call.collection(), new Document())) {
            List<@Nullable Object> key = new ArrayList<>();
            Commands.document(index, "key")
                    .keySet()
                    .forEach(field -> key.add(Values.comparable(Expressions.evaluate("$" + field, document))));
            ids.computeIfAbsent(key, any -> new ArrayList<>()).add(document.get("_id"));
        }
        if (ids.values().stream().anyMatch(each -> each.size() > 1)) {
            throw new MongoServerError(
                    359,
                    "CannotConvertIndexToUnique",
                    "Cannot convert the index to unique. Please resolve conflicting documents before running collMod"
                            + " again.");
        }
        Document unique = index.cloneDeeply();
        unique.remove("prepareUnique");
        unique.remove("ns");
        unique.put("unique", true);
        ((DoubleDatabase) backend.resolveDatabase(call.database()))
                .dropIndex(call.collection(), (String) Objects.requireNonNull(index.get("name")));
        backend.indexes().build(call, unique);
    }
}
