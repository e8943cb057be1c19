package io.mhras.migrations.testing.mongodb.protocol;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What commands and answers have in common. */
public final class Commands {

    /** What a driver adds to any command. */
    private static final Set<String> GENERIC = Set.of(
            "lsid",
            "txnNumber",
            "autocommit",
            "startTransaction",
            "writeConcern",
            "readConcern",
            "comment",
            "maxTimeMS",
            "apiVersion",
            "apiStrict",
            "apiDeprecationErrors");

    private Commands() {}

    public static Document ok() {
        return new Document("ok", 1.0);
    }

    /** What the command says beyond its name and what a driver adds. */
    public static Document options(String command, Document query) {
        Document options = new Document();
        query.forEach((field, value) -> {
            if (!field.equals(command) && !field.startsWith("$") && !GENERIC.contains(field)) {
                options.put(field, value);
            }
        });
        return options;
    }

    /** The text in a field; empty if the field is no text. */
    public static String text(Document query, String field) {
        return query.get(field) instanceof String text ? text : "";
    }

    /** A value that has to be an object. */
    public static Document object(@Nullable Object value) {
        if (value instanceof Document document) {
            return document;
        }
        throw Errors.typeMismatch("an object is needed, not " + value);
    }

    public static Document document(Document query, String field) {
        return query.get(field) instanceof Document document ? document : new Document();
    }

    /** The documents in a field; none if the field is no list. */
    public static List<Document> documents(Document query, String field) {
        return query.get(field) instanceof Collection<?> list
                ? list.stream().map(Document.class::cast).toList()
                : List.of();
    }

    public static boolean isTrue(Document query, String field) {
        return query.get(field) instanceof Boolean value
                ? value
                : query.get(field) instanceof Number number && number.doubleValue() != 0;
    }

    public static int number(Document document, String field) {
        return document.get(field) instanceof Number number ? number.intValue() : 0;
    }

    public static Document cursor(String namespace, List<Document> documents) {
        Document cursor = new Document("id", 0L).append("ns", namespace).append("firstBatch", documents);
        return new Document("cursor", cursor).append("ok", 1.0);
    }
}
