package io.mhras.migrations.testing.mongodb.validation;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.bson.BsonTypeName;
import io.mhras.migrations.testing.mongodb.expression.Expressions;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a document a validator does not allow, as error 121 tells it; an empty document if it allows it. */
public final class FilterFindings {

    private FilterFindings() {}

    public static Document of(Document validator, Document document) {
        List<Document> conditions = FilterRules.conditions(validator);
        if (conditions.size() == 1) {
            return condition(conditions.get(0), document);
        }
        List<Document> unsatisfied = clauses(conditions, document);
        return unsatisfied.isEmpty()
                ? new Document()
                : new Document("operatorName", "$and").append("clausesNotSatisfied", unsatisfied);
    }

    private static List<Document> clauses(Collection<Document> clauses, Document document) {
        List<Document> unsatisfied = new ArrayList<>();
        int index = 0;
        for (Document clause : clauses) {
            Document details = of(clause, document);
            if (!details.isEmpty()) {
                unsatisfied.add(new Document("index", index).append("details", details));
            }
            index++;
        }
        return unsatisfied;
    }

    private static Document condition(Document condition, Document document) {
        if (Filter.matches(condition, document)) {
            return new Document();
        }
        String field = condition.keySet().iterator().next();
        Object value = condition.get(field);
        List<Document> parts = field.startsWith("$") && value instanceof Collection
                ? Filter.each(value).toList()
                : List.of();
        return switch (field) {
            case "$jsonSchema" ->
                SchemaFindings.annotated(new Document("operatorName", field), Commands.object(value))
                        .append("schemaRulesNotSatisfied", SchemaFindings.of(Commands.object(value), document));
            case "$and", "$or" ->
                new Document("operatorName", field).append("clausesNotSatisfied", clauses(parts, document));
            case "$nor" -> new Document("operatorName", field).append("clausesSatisfied", satisfied(parts, document));
            case "$expr" ->
                new Document("operatorName", field)
                        .append("specifiedAs", condition)
                        .append("reason", "expression did not match")
                        .append("expressionResult", Expressions.evaluate(value, document));
            default -> field(field, value, condition, document);
        };
    }

    private static List<Document> satisfied(List<Document> clauses, Document document) {
        List<Document> satisfied = new ArrayList<>();
        for (int i = 0; i < clauses.size(); i++) {
            if (Filter.matches(clauses.get(i), document)) {
                satisfied.add(new Document("index", i));
            }
        }
        return satisfied;
    }

    private static Document field(String field, @Nullable Object value, Document condition, Document document) {
        String operator = FilterRules.isOperators(value)
                ? Commands.object(value).keySet().iterator().next()
                : value instanceof BsonRegularExpression ? "$regex" : "$eq";
        Document finding = new Document("operatorName", operator).append("specifiedAs", condition);
        if (operator.equals("$exists")) {
            boolean isThere = Expressions.isTrue(Commands.object(value).get("$exists"));
            return finding.append("reason", isThere ? "path does not exist" : "path does exist");
        }
        if (operator.equals("$not")) {
            finding.remove("specifiedAs");
            return finding.append("reason", "child expression matched");
        }
        if (!Expressions.isThere(field, document)) {
            return finding.append("reason", "field was missing");
        }
        Object considered = Utils.getSubdocumentValueCollectionAware(document, field);
        finding.append("reason", reason(operator)).append("consideredValue", considered);
        return operator.equals("$type") ? finding.append("consideredType", BsonTypeName.of(considered)) : finding;
    }

    private static String reason(String operator) {
        return switch (operator) {
            case "$in" -> "no matching value found in array";
            case "$nin" -> "matching value found in array";
            case "$ne" -> "comparison succeeded";
            case "$regex" -> "regular expression did not match";
            case "$type" -> "type did not match";
            case "$size" -> "array length was not equal to given size";
            case "$all" -> "array did not contain all specified values";
            case "$elemMatch" -> "array did not satisfy the child predicate";
            case "$mod" -> "$mod did not evaluate to expected remainder";
            default -> "comparison failed";
        };
    }
}
