package io.mhras.migrations.testing.mongodb.expression;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.aggregation.Expression;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an expression sees: a document, and variables. */
record Scope(Document root, Map<String, @Nullable Object> variables) {

    Scope with(String variable, @Nullable Object value) {
        Map<String, @Nullable Object> more = new HashMap<>(variables);
        more.put(variable, value);
        return new Scope(root, more);
    }

    /** {@code $a.b}, {@code $$name.a.b}. */
    @Nullable Object resolve(String reference) {
        if (!reference.startsWith("$$")) {
            return path(root, reference.substring(1));
        }
        int dot = reference.indexOf('.');
        String name = reference.substring(2, dot < 0 ? reference.length() : dot);
        Object value = variable(name);
        return dot < 0 ? value : path(value, reference.substring(dot + 1));
    }

    private @Nullable Object variable(String name) {
        if (variables.containsKey(name)) {
            return variables.get(name);
        }
        return switch (name) {
            case "ROOT", "CURRENT" -> root;
            case "REMOVE" -> Missing.getInstance();
            case "NOW" -> Instant.now().truncatedTo(ChronoUnit.MILLIS);
            default -> throw Errors.location(17276, "Use of undefined variable: " + name);
        };
    }

    private static @Nullable Object path(@Nullable Object value, String path) {
        if (value instanceof Document document) {
            return Expression.evaluateDocument("$" + path, document);
        }
        if (value instanceof Collection<?> list) {
            List<@Nullable Object> found = new ArrayList<>();
            for (Object each : list) {
                Object at = path(each, path);
                if (!(at instanceof Missing)) {
                    found.add(at);
                }
            }
            return found;
        }
        return Missing.getInstance();
    }
}
