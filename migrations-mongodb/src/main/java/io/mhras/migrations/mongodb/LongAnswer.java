package io.mhras.migrations.mongodb;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** An answer that is too long for one document of the journal: a document may have 16 MB, with what stands around it. */
final class LongAnswer {

    /** Of which part of an entry a document is, counted from 1; the entry itself has none. */
    static final String PART = "part";

    private static final String PARTS = "parts";
    private static final int MAX_BYTES = 12_000_000;

    private LongAnswer() {}

    /** The documents of an entry, with the entry itself as the last: where that is, all are. */
    static List<BsonDocument> cut(BsonDocument entry) {
        byte[] answer = bytes(entry);
        List<BsonDocument> documents = new ArrayList<>();
        for (int from = MAX_BYTES; from < answer.length; from += MAX_BYTES) {
            byte[] part = Arrays.copyOfRange(answer, from, Math.min(from + MAX_BYTES, answer.length));
            documents.add(new BsonDocument("run", entry.get("run"))
                    .append("n", entry.get("n"))
                    .append(PART, new BsonInt32(documents.size() + 1))
                    .append(JournalEntry.ANSWER, new BsonBinary(part)));
        }
        if (!documents.isEmpty()) {
            entry.append(JournalEntry.ANSWER, new BsonBinary(Arrays.copyOf(answer, MAX_BYTES)));
            entry.append(PARTS, new BsonInt32(documents.size()));
        }
        documents.add(entry);
        return documents;
    }

    /** The entries among these documents of one run, complete. What a cut off writing has left of others is left out. */
    static List<BsonDocument> join(List<BsonDocument> documents) {
        Map<String, BsonDocument> parts = new TreeMap<>();
        documents.stream()
                .filter(each -> each.containsKey(PART))
                .forEach(each -> parts.put(key(each, part(each)), each));
        List<BsonDocument> entries =
                documents.stream().filter(each -> !each.containsKey(PART)).toList();
        for (BsonDocument entry : entries) {
            int count = entry.getInt32(PARTS, new BsonInt32(0)).getValue();
            if (count > 0) {
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                answer.writeBytes(bytes(entry));
                for (int i = 1; i <= count; i++) {
                    answer.writeBytes(bytes(parts.getOrDefault(key(entry, i), new BsonDocument())));
                }
                entry.append(JournalEntry.ANSWER, new BsonBinary(answer.toByteArray()));
            }
        }
        return entries;
    }

    private static String key(BsonDocument document, int part) {
        return document.getNumber("n").intValue() + "#" + part;
    }

    private static int part(BsonDocument document) {
        return document.getInt32(PART).getValue();
    }

    private static byte[] bytes(BsonDocument document) {
        return document.containsKey(JournalEntry.ANSWER)
                ? document.getBinary(JournalEntry.ANSWER).getData()
                : new byte[0];
    }
}
