package io.mhras.migrations.testing.mongodb.expression;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.bson.BsonTypeName;
import io.mhras.migrations.testing.mongodb.expression.Expressions.Operator;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators on fields whose names are no paths. */
final class FieldOperators {

    private FieldOperators() {}

    static void addTo(Map<String, Operator> operators) {
        operators.put("$setField", FieldOperators::set);
        operators.put("$unsetField", FieldOperators::set);
    }

    /** Of the document at hand unless another is given; its name may be given alone. */
    static @Nullable Object get(@Nullable Object argument, Scope scope) {
        boolean isLong = argument instanceof Document given && given.containsKey("field");
        Document named = isLong ? Commands.object(argument) : new Document("field", argument);
        Object name = Expressions.evaluate(named.get("field"), scope);
        if (!(name instanceof String field)) {
            throw Errors.location(
                    5654602, "$getField requires 'field' to evaluate to type String, but got " + BsonTypeName.of(name));
        }
        Object input = named.containsKey("input") ? Expressions.evaluate(named.get("input"), scope) : scope.root();
        if (input instanceof Document document) {
            return document.getOrMissing(field);
        }
        return input == null ? null : Missing.getInstance();
    }

    private static @Nullable Object set(String name, @Nullable Object argument) {
        if (!(argument instanceof Document named)) {
            throw Errors.location(4161100, name + " only supports an object as its argument");
        }
        if (!(named.get("field") instanceof String field)) {
            throw Errors.location(
                    4161107,
                    name + " requires 'field' to evaluate to type String, but got "
                            + BsonTypeName.of(named.get("field")));
        }
        Object input = named.getOrMissing("input");
        if (Missing.isNullOrMissing(input)) {
            return null;
        }
        if (!(input instanceof Document document)) {
            throw Errors.location(4161105, name + " requires 'input' to evaluate to type Object");
        }
        Document changed = document.clone();
        if (name.equals("$unsetField") || !named.containsKey("value")) {
            changed.remove(field);
        } else {
            changed.put(field, named.get("value"));
        }
        return changed;
    }
}
