package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What commands and answers have in common. */
final class Commands {

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

    static Document ok() {
        return new Document("ok", 1.0);
    }

    /** What the command says beyond its name and what a driver adds. */
    static Document options(String command, Document query) {
        Document options = new Document();
        query.forEach((field, value) -> {
            if (!field.equals(command) && !field.startsWith("$") && !GENERIC.contains(field)) {
                options.put(field, value);
            }
        });
        return options;
    }

    /** The text in a field; empty if the field is no text. */
    static String text(Document query, String field) {
        return query.get(field) instanceof String text ? text : "";
    }

    static Document document(Document query, String field) {
        return query.get(field) instanceof Document document ? document : new Document();
    }

    /** The documents in a field; none if the field is no list. */
    static List<Document> documents(Document query, String field) {
        return query.get(field) instanceof Collection<?> list
                ? list.stream().map(Document.class::cast).toList()
                : List.of();
    }

    static boolean isTrue(Document query, String field) {
        return query.get(field) instanceof Boolean value
                ? value
                : query.get(field) instanceof Number number && number.doubleValue() != 0;
    }

    static int number(Document document, String field) {
        return document.get(field) instanceof Number number ? number.intValue() : 0;
    }

    static Document cursor(String namespace, List<Document> documents) {
        Document cursor = new Document("id", 0L).append("ns", namespace).append("firstBatch", documents);
        return new Document("cursor", cursor).append("ok", 1.0);
    }
}
