package io.mhras.migrations.mongodb.shell;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;

/** What the server reports of a refused write besides its message: which one of a list, and which rules of a validator. */
final class ErrorDetail {

    private static final int LONGEST = 500;

    private ErrorDetail() {}

    /** In one line; empty if there is no more. */
    static String of(MongoException failure) {
        if (failure instanceof MongoBulkWriteException bulk
                && !bulk.getWriteErrors().isEmpty()) {
            String rules = rules(bulk.getWriteErrors().get(0).getDetails());
            return place(bulk) + (rules.isEmpty() ? "" : "; " + rules);
        }
        if (failure instanceof MongoCommandException command) {
            return rules(command.getResponse().getDocument("errInfo", new BsonDocument()));
        }
        return failure instanceof MongoWriteException write
                ? rules(write.getError().getDetails())
                : "";
    }

    private static String place(MongoBulkWriteException failure) {
        BulkWriteResult result = failure.getWriteResult();
        List<String> done = new ArrayList<>();
        add(done, result.getInsertedCount(), "inserted");
        add(done, result.getUpserts().size(), "upserted");
        add(done, result.getModifiedCount(), "updated");
        add(done, result.getDeletedCount(), "deleted");
        return "number " + (failure.getWriteErrors().get(0).getIndex() + 1) + " of the list"
                + (done.isEmpty() ? "; of the others nothing was done" : "; of the others: " + String.join(", ", done));
    }

    private static void add(List<String> done, int count, String what) {
        if (count > 0) {
            done.add(count + " " + what);
        }
    }

    /**
     * From 5.0 on the server says why a validator refuses a document (manual, "Schema Validation"): rules in rules, at the
     * innermost of which is what was expected and what there was.
     */
    private static String rules(BsonDocument details) {
        if (details.isEmpty()) {
            return "";
        }
        List<String> broken = new ArrayList<>();
        addBroken(broken, "", details);
        String text =
                broken.isEmpty() ? details.toJson() : broken.stream().distinct().collect(Collectors.joining("; "));
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private static void addBroken(List<String> broken, String place, BsonValue value) {
        if (value instanceof BsonArray all) {
            all.forEach(each -> addBroken(broken, place, each));
        } else if (value instanceof BsonDocument rule) {
            String at = rule.get("propertyName") instanceof BsonString name
                    ? field(place, name)
                    : rule.get("itemIndex") instanceof BsonNumber index ? place + "[" + index.intValue() + "]" : place;
            rule.getArray("missingProperties", new BsonArray())
                    .forEach(name -> broken.add(field(at, name.asString()) + " is missing"));
            if (rule.get("additionalProperties") instanceof BsonArray more) {
                more.forEach(name -> broken.add(field(at, name.asString()) + " is not allowed"));
            }
            if (rule.get("reason") instanceof BsonString reason) {
                broken.add((at.isEmpty() ? "" : at + ": ") + reason.getValue() + found(rule));
            }
            rule.forEach((name, inner) -> {
                if (!Set.of("specifiedAs", "consideredValue", "consideredValues")
                        .contains(name)) {
                    addBroken(broken, at, inner);
                }
            });
        }
    }

    private static String field(String place, BsonString name) {
        return place.isEmpty() ? name.getValue() : place + "." + name.getValue();
    }

    private static String found(BsonDocument rule) {
        String wanted = rule.containsKey("specifiedAs")
                ? " (" + rule.getDocument("specifiedAs").toJson().replaceAll("^\\{|}$", "") + ")"
                : "";
        return wanted
                + (rule.containsKey("consideredValue") ? ", it is " + ValueText.json(rule.get("consideredValue")) : "")
                + (rule.get("consideredType") instanceof BsonString type ? ", of type " + type.getValue() : "");
    }
}
