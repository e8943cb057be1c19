package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.backend.DocumentComparator;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.aggregation.Pipelines;
import io.mhras.migrations.testing.mongodb.bson.Collation;
import io.mhras.migrations.testing.mongodb.expression.Expressions;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.validation.Filter;
import io.mhras.migrations.testing.mongodb.validation.FilterRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which documents a filter means, where mongo-java-server by itself would not know: by their ids. */
final class Selection {

    private final Catalog catalog;

    Selection(Catalog catalog) {
        this.catalog = catalog;
    }

    /** A filter that mongo-java-server understands. */
    Document plain(Call call, Document filter, Document collation) {
        Document known = known(call, filter);
        Collation by = collation(call, collation);
        boolean folds = by != null && by.folds();
        if (!folds && !Filter.isBeyondBase(known)) {
            return known;
        }
        List<@Nullable Object> ids = new ArrayList<>();
        matching(call, known, by).forEach(document -> ids.add(document.get("_id")));
        return new Document("_id", new Document("$in", ids));
    }

    /** Checked, with values in place of variables. */
    Document known(Call call, Document filter) {
        FilterRules.check(filter);
        return Pipelines.withVariables(Pipelines.withNow(filter), variables(call));
    }

    /** What the caller's {@code let} says. */
    Document variables(Call call) {
        Document variables = new Document();
        Commands.document(call.query(), "let")
                .forEach((name, value) -> variables.put(name, Expressions.evaluate(value, new Document())));
        return variables;
    }

    /** That of the command, or else that of the collection. */
    @Nullable Collation collation(Call call, Document own) {
        return Collation.of(own.isEmpty() ? Commands.document(catalog.options(call.namespace()), "collation") : own);
    }

    List<Document> matching(Call call, Document filter, @Nullable Collation by) {
        List<Document> all = catalog.find(call.database(), call.collection(), new Document());
        Document folded = by == null ? filter : by.folded(filter);
        return all.stream()
                .filter(document -> Filter.matches(folded, by == null ? document : by.folded(document)))
                .toList();
    }

    static List<Document> sorted(List<Document> documents, Document order, Collation by) {
        if (order.isEmpty() || order.containsKey("$natural")) {
            return documents;
        }
        DocumentComparator comparator = new DocumentComparator(order);
        return documents.stream()
                .sorted(Comparator.comparing(by::sortable, comparator))
                .toList();
    }
}
