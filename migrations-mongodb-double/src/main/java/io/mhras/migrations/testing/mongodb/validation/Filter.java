package io.mhras.migrations.testing.mongodb.validation;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.bson.Values;
import io.mhras.migrations.testing.mongodb.expression.Expressions;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Matches documents as mongo-java-server does, and with {@code $jsonSchema} and every {@code $expr}. */
public final class Filter {

    private Filter() {}

    public static boolean matches(Document filter, Document document) {
        return FilterRules.conditions(filter).stream().allMatch(condition -> holds(condition, document));
    }

    private static boolean holds(Document condition, Document document) {
        String field = condition.keySet().iterator().next();
        Object value = condition.get(field);
        return switch (field) {
            case "$jsonSchema" ->
                SchemaFindings.of(Commands.object(value), document).isEmpty();
            case "$expr" -> Expressions.isTrue(Expressions.evaluate(value, document));
            case "$and" -> each(value).allMatch(part -> matches(part, document));
            case "$or" -> each(value).anyMatch(part -> matches(part, document));
            case "$nor" -> each(value).noneMatch(part -> matches(part, document));
            case "$comment", "$alwaysTrue" -> true;
            case "$alwaysFalse" -> false;
            default -> new DefaultQueryMatcher().matches(document, condition);
        };
    }

    static Stream<Document> each(@Nullable Object list) {
        return Values.many(list).stream().map(Document.class::cast);
    }

    /** Whether mongo-java-server by itself would not understand it. */
    public static boolean isBeyondBase(@Nullable Object filter) {
        if (filter instanceof Document document) {
            return document.entrySet().stream().anyMatch(entry -> switch (entry.getKey()) {
                case "$jsonSchema", "$alwaysTrue", "$alwaysFalse", "$comment" -> true;
                case "$expr" -> Expressions.isBeyondBase(entry.getValue());
                default -> isBeyondBase(entry.getValue());
            });
        }
        return filter instanceof Collection<?> list && list.stream().anyMatch(Filter::isBeyondBase);
    }
}
