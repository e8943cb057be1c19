package io.mhras.migrations.testing.mongodb.validation;

import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of an array a {@code $jsonSchema} does not allow. */
final class ArrayFindings {

    private ArrayFindings() {}

    static List<Document> of(Document schema, Collection<?> list) {
        List<Document> findings = new ArrayList<>();
        for (String keyword : SchemaFindings.outside(schema, "Items", list.size())) {
            findings.add(SchemaFindings.finding(keyword, schema, "array did not match specified length")
                    .append("consideredValue", list));
        }
        List<Object> repeated = Commands.isTrue(schema, "uniqueItems") ? SchemaFindings.repeated(list) : List.of();
        if (!repeated.isEmpty()) {
            findings.add(SchemaFindings.finding("uniqueItems", schema, "found a duplicate item")
                    .append("consideredValue", list)
                    .append("duplicatedValue", repeated.get(0)));
        }
        List<@Nullable Object> elements = new ArrayList<>(list);
        if (schema.get("items") instanceof Document items) {
            each("items", "At least one item did not match the sub-schema", items, elements, 0, findings);
        } else if (schema.get("items") instanceof Collection<?> tuple) {
            tuple(new ArrayList<>(tuple), elements, findings);
            additional(schema, tuple.size(), elements, findings);
        }
        return findings;
    }

    private static void tuple(List<?> schemas, List<@Nullable Object> elements, List<Document> findings) {
        List<Document> unsatisfied = new ArrayList<>();
        for (int i = 0; i < Math.min(schemas.size(), elements.size()); i++) {
            List<Document> of = SchemaFindings.of((Document) schemas.get(i), elements.get(i));
            if (!of.isEmpty()) {
                unsatisfied.add(new Document("itemIndex", i).append("details", of));
            }
        }
        if (!unsatisfied.isEmpty()) {
            findings.add(new Document("operatorName", "items").append("details", unsatisfied));
        }
    }

    private static void additional(
            Document schema, int from, List<@Nullable Object> elements, List<Document> findings) {
        if (Boolean.FALSE.equals(schema.get("additionalItems")) && elements.size() > from) {
            findings.add(SchemaFindings.finding("additionalItems", schema, "found additional items")
                    .append("additionalItems", new ArrayList<>(elements.subList(from, elements.size()))));
        } else if (schema.get("additionalItems") instanceof Document rest) {
            String reason = "At least one additional item did not match the sub-schema";
            each("additionalItems", reason, rest, elements, from, findings);
        }
    }

    private static void each(
            String keyword,
            String reason,
            Document schema,
            List<@Nullable Object> elements,
            int from,
            List<Document> findings) {
        for (int i = from; i < elements.size(); i++) {
            List<Document> of = SchemaFindings.of(schema, elements.get(i));
            if (!of.isEmpty()) {
                findings.add(SchemaFindings.annotated(new Document("operatorName", keyword), schema)
                        .append("reason", reason)
                        .append("itemIndex", i)
                        .append("details", of));
                return;
            }
        }
    }
}
