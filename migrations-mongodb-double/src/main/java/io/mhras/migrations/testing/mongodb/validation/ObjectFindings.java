package io.mhras.migrations.testing.mongodb.validation;

import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.bson.Patterns;
import io.mhras.migrations.testing.mongodb.bson.Values;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What of an object a {@code $jsonSchema} does not allow. */
final class ObjectFindings {

    private ObjectFindings() {}

    static List<Document> of(Document schema, Document document) {
        List<Document> findings = new ArrayList<>();
        properties(schema, document, findings);
        additionalProperties(schema, document, findings);
        patternProperties(schema, document, findings);
        List<String> missing = missing(Values.many(schema.get("required")), document);
        if (!missing.isEmpty()) {
            findings.add(new Document("operatorName", "required")
                    .append("specifiedAs", new Document("required", schema.get("required")))
                    .append("missingProperties", missing));
        }
        for (String keyword : SchemaFindings.outside(schema, "Properties", document.size())) {
            findings.add(SchemaFindings.finding(keyword, schema, "specified number of properties was not satisfied")
                    .append("numberOfProperties", document.size()));
        }
        dependencies(schema, document, findings);
        return findings;
    }

    private static List<String> missing(Collection<?> names, Document document) {
        return names.stream()
                .map(String.class::cast)
                .filter(name -> !document.containsKey(name))
                .sorted()
                .toList();
    }

    private static void properties(Document schema, Document document, List<Document> findings) {
        List<Document> unsatisfied = new ArrayList<>();
        Commands.document(schema, "properties").forEach((name, rule) -> {
            if (document.containsKey(name)) {
                List<Document> of = SchemaFindings.of((Document) rule, document.get(name));
                if (!of.isEmpty()) {
                    unsatisfied.add(SchemaFindings.annotated(new Document("propertyName", name), (Document) rule)
                            .append("details", of));
                }
            }
        });
        if (!unsatisfied.isEmpty()) {
            findings.add(new Document("operatorName", "properties").append("propertiesNotSatisfied", unsatisfied));
        }
    }

    private static void additionalProperties(Document schema, Document document, List<Document> findings) {
        List<String> additional = document.keySet().stream()
                .filter(name -> !Commands.document(schema, "properties").containsKey(name)
                        && Commands.document(schema, "patternProperties").keySet().stream()
                                .noneMatch(pattern -> matches(pattern, name)))
                .toList();
        if (Boolean.FALSE.equals(schema.get("additionalProperties")) && !additional.isEmpty()) {
            findings.add(new Document("operatorName", "additionalProperties")
                    .append("specifiedAs", new Document("additionalProperties", false))
                    .append("additionalProperties", additional));
        }
        if (schema.get("additionalProperties") instanceof Document rule) {
            for (String name : additional) {
                List<Document> of = SchemaFindings.of(rule, document.get(name));
                if (!of.isEmpty()) {
                    findings.add(SchemaFindings.annotated(new Document("operatorName", "additionalProperties"), rule)
                            .append("reason", "at least one additional property did not match the subschema")
                            .append("failingProperty", name)
                            .append("details", of));
                    return;
                }
            }
        }
    }

    private static void patternProperties(Document schema, Document document, List<Document> findings) {
        List<Document> details = new ArrayList<>();
        Commands.document(schema, "patternProperties")
                .forEach((pattern, rule) -> document.entrySet().stream()
                        .filter(field -> matches(pattern, field.getKey()))
                        .map(field -> failing(pattern, (Document) rule, field))
                        .filter(failing -> failing.containsKey("details"))
                        .findFirst()
                        .ifPresent(details::add));
        if (!details.isEmpty()) {
            findings.add(new Document("operatorName", "patternProperties").append("details", details));
        }
    }

    private static Document failing(String pattern, Document rule, Map.Entry<String, Object> field) {
        Document failing = SchemaFindings.annotated(new Document("propertyName", field.getKey()), rule)
                .append("regexMatched", pattern);
        List<Document> of = SchemaFindings.of(rule, field.getValue());
        return of.isEmpty() ? failing : failing.append("details", of);
    }

    private static boolean matches(String pattern, String name) {
        return Patterns.compile(pattern).matcher(name).find();
    }

    private static void dependencies(Document schema, Document document, List<Document> findings) {
        List<Document> failing = new ArrayList<>();
        Commands.document(schema, "dependencies").forEach((name, needed) -> {
            if (!document.containsKey(name)) {
                return;
            }
            if (needed instanceof Document rule) {
                List<Document> of = SchemaFindings.of(rule, document);
                if (!of.isEmpty()) {
                    failing.add(new Document("conditionalProperty", name).append("details", of));
                }
            } else {
                List<String> missing = missing(Values.many(needed), document);
                if (!missing.isEmpty()) {
                    failing.add(new Document("conditionalProperty", name).append("missingProperties", missing));
                }
            }
        });
        if (!failing.isEmpty()) {
            findings.add(new Document("operatorName", "dependencies").append("failingDependencies", failing));
        }
    }
}
