package io.mhras.migrations.testing.mongodb.validation;

import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.bson.BsonTypeName;
import io.mhras.migrations.testing.mongodb.bson.Patterns;
import io.mhras.migrations.testing.mongodb.bson.Values;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a value a {@code $jsonSchema} does not allow, as error 121 tells it (doc_validation_error.cpp); nothing if the
 * value is valid.
 */
final class SchemaFindings {

    private SchemaFindings() {}

    /** In the order in which the server looks at the keywords; the type comes last. */
    static List<Document> of(Document schema, @Nullable Object value) {
        List<Document> findings = new ArrayList<>();
        if (value instanceof Number || value instanceof Decimal128) {
            number(schema, value, findings);
        }
        if (value instanceof String text) {
            text(schema, text, findings);
        }
        if (value instanceof Collection<?> list) {
            findings.addAll(ArrayFindings.of(schema, list));
        }
        if (value instanceof Document document) {
            findings.addAll(ObjectFindings.of(schema, document));
        }
        combinations(schema, value, findings);
        type(schema, value, findings);
        return findings;
    }

    /** What an operator found. */
    static Document finding(String keyword, Document schema, String reason) {
        return new Document("operatorName", keyword)
                .append("specifiedAs", new Document(keyword, schema.get(keyword)))
                .append("reason", reason);
    }

    /** What people wrote about a schema comes with what was found by it. */
    static Document annotated(Document finding, Document schema) {
        for (String annotation : List.of("title", "description")) {
            if (schema.containsKey(annotation)) {
                finding.append(annotation, schema.get(annotation));
            }
        }
        return finding;
    }

    private static void type(Document schema, @Nullable Object value, List<Document> findings) {
        String keyword = schema.containsKey("bsonType") ? "bsonType" : "type";
        if (schema.containsKey(keyword)
                && Values.many(schema.get(keyword)).stream().noneMatch(type -> BsonTypeName.of((String) type, value))) {
            findings.add(finding(keyword, schema, "type did not match")
                    .append("consideredValue", value)
                    .append("consideredType", BsonTypeName.of(value)));
        }
    }

    private static void number(Document schema, Object value, List<Document> findings) {
        BigDecimal number = Values.numberOrNull(value);
        if (number == null) {
            return;
        }
        int atLeast = Commands.isTrue(schema, "exclusiveMinimum") ? 1 : 0;
        int atMost = Commands.isTrue(schema, "exclusiveMaximum") ? -1 : 0;
        if (schema.containsKey("maximum") && number.compareTo(Values.number(schema.get("maximum"))) > atMost) {
            findings.add(finding("maximum", schema, "comparison failed").append("consideredValue", value));
        }
        if (schema.containsKey("minimum") && number.compareTo(Values.number(schema.get("minimum"))) < atLeast) {
            findings.add(finding("minimum", schema, "comparison failed").append("consideredValue", value));
        }
        if (schema.containsKey("multipleOf")
                && number.remainder(Values.number(schema.get("multipleOf"))).signum() != 0) {
            findings.add(finding("multipleOf", schema, "considered value is not a multiple of the specified value")
                    .append("consideredValue", value));
        }
    }

    private static void text(Document schema, String text, List<Document> findings) {
        int length = text.codePointCount(0, text.length());
        for (String keyword : outside(schema, "Length", length)) {
            findings.add(finding(keyword, schema, "specified string length was not satisfied")
                    .append("consideredValue", text));
        }
        if (schema.get("pattern") instanceof String pattern
                && !Patterns.compile(pattern).matcher(text).find()) {
            findings.add(finding("pattern", schema, "regular expression did not match")
                    .append("consideredValue", text));
        }
    }

    /** Of {@code maxItems} and {@code minItems}, and their like, those that a size breaks. */
    static List<String> outside(Document schema, String what, int size) {
        List<String> broken = new ArrayList<>();
        if (schema.containsKey("max" + what) && size > Commands.number(schema, "max" + what)) {
            broken.add("max" + what);
        }
        if (schema.containsKey("min" + what) && size < Commands.number(schema, "min" + what)) {
            broken.add("min" + what);
        }
        return broken;
    }

    private static void combinations(Document schema, @Nullable Object value, List<Document> findings) {
        List<Document> all = unsatisfied(schema, "allOf", value);
        if (!all.isEmpty()) {
            findings.add(new Document("operatorName", "allOf").append("schemasNotSatisfied", all));
        }
        List<Document> any = unsatisfied(schema, "anyOf", value);
        if (!any.isEmpty() && any.size() == Values.many(schema.get("anyOf")).size()) {
            findings.add(new Document("operatorName", "anyOf").append("schemasNotSatisfied", any));
        }
        if (schema.containsKey("oneOf")) {
            oneOf(schema, value, findings);
        }
        if (schema.get("not") instanceof Document not && of(not, value).isEmpty()) {
            findings.add(new Document("operatorName", "not").append("reason", "child expression matched"));
        }
        if (schema.get("enum") instanceof Collection<?> allowed
                && allowed.stream().noneMatch(each -> Values.same(each, value))) {
            findings.add(finding("enum", schema, "value was not found in enum").append("consideredValue", value));
        }
    }

    private static void oneOf(Document schema, @Nullable Object value, List<Document> findings) {
        List<Document> unsatisfied = unsatisfied(schema, "oneOf", value);
        int schemas = Values.many(schema.get("oneOf")).size();
        if (unsatisfied.size() == schemas) {
            findings.add(new Document("operatorName", "oneOf").append("schemasNotSatisfied", unsatisfied));
        } else if (unsatisfied.size() < schemas - 1) {
            Set<Integer> matching = new TreeSet<>();
            for (int i = 0; i < schemas; i++) {
                matching.add(i);
            }
            unsatisfied.forEach(each -> matching.remove(each.get("index")));
            findings.add(new Document("operatorName", "oneOf")
                    .append("reason", "more than one subschema matched")
                    .append("matchingSchemaIndexes", new ArrayList<>(matching)));
        }
    }

    private static List<Document> unsatisfied(Document schema, String keyword, @Nullable Object value) {
        List<Document> unsatisfied = new ArrayList<>();
        int index = 0;
        for (Object each : Values.many(schema.get(keyword))) {
            List<Document> findings = of((Document) each, value);
            if (!findings.isEmpty()) {
                unsatisfied.add(
                        annotated(new Document("index", index), (Document) each).append("details", findings));
            }
            index++;
        }
        return unsatisfied;
    }

    /** The first element that is there twice; none if the set is empty. */
    static List<Object> repeated(Collection<?> list) {
        Set<Object> seen = new HashSet<>();
        List<Object> repeated = new ArrayList<>();
        for (Object each : list) {
            if (!seen.add(new ArrayList<>(java.util.Arrays.asList(Values.comparable(each)))) && repeated.isEmpty()) {
                repeated.add(each);
            }
        }
        return repeated;
    }
}
