package io.mhras.migrations.mongodb.history;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.mongodb.server.MongoErrors;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Reads collections that are not ours. */
public final class MongoTableReader implements TableReader {

    // Enough to see each field that a history can have, in a collection that may be anyone's.
    private static final int MOST_SAMPLED = 10_000;

    private final MongoDatabase database;

    public MongoTableReader(MongoDatabase database) {
        // Not the client's own codecs: a service may have put others in their place.
        this.database = database.withCodecRegistry(MongoClientSettings.getDefaultCodecRegistry());
    }

    @Override
    public Kind kind() {
        return Kind.COLLECTION;
    }

    /** Columns are what any document has: tools have added some over time. */
    @Override
    public List<Table> find(@Nullable String schema, Set<String> names, Set<String> telltales) {
        List<Table> tables = new ArrayList<>();
        for (String name : names.size() > 1 ? present(names) : names) {
            Set<String> columns = new TreeSet<>();
            read(name, MOST_SAMPLED, document -> document.keySet().forEach(field -> columns.add(inLowerCase(field))));
            if (!columns.isEmpty()) {
                tables.add(new Table(null, name, columns));
            }
        }
        return tables;
    }

    /** One command for all of them; of those alone that the user may read, if it may not see the others. */
    private List<String> present(Set<String> names) {
        BsonDocument command = new BsonDocument("listCollections", new BsonInt32(1))
                .append("nameOnly", BsonBoolean.TRUE)
                .append("authorizedCollections", BsonBoolean.TRUE)
                .append(
                        "filter",
                        new BsonDocument(
                                "name",
                                new BsonDocument(
                                        "$in",
                                        new BsonArray(names.stream()
                                                .sorted()
                                                .map(BsonString::new)
                                                .toList()))));
        try {
            return database
                    .runCommand(command)
                    .get("cursor", Document.class)
                    .getList("firstBatch", Document.class)
                    .stream()
                    .map(collection -> collection.getString("name"))
                    .sorted()
                    .toList();
        } catch (MongoException e) {
            if (e.getCode() == MongoErrors.NOT_AUTHORIZED) {
                // Then each is asked for by its name: one that is not there is empty.
                return List.copyOf(names);
            }
            throw unreadable("list of collections", e);
        }
    }

    @Override
    public List<Map<String, @Nullable Object>> rows(Table table, int most) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        read(table.name(), most, document -> {
            Map<String, @Nullable Object> row = new HashMap<>();
            document.forEach((field, value) ->
                    row.put(inLowerCase(field), value instanceof Date time ? time.toInstant() : value));
            rows.add(row);
        });
        return rows;
    }

    private static String inLowerCase(String field) {
        return field.toLowerCase(Locale.ROOT);
    }

    private void read(String name, int most, Consumer<Document> reader) {
        try {
            database.getCollection(name).find().limit(most).forEach(reader);
        } catch (MongoException e) {
            throw unreadable("collection " + name, e);
        }
    }

    private static MigrationException unreadable(String what, MongoException e) {
        return MongoErrors.leavesOpenWhatHappened(e)
                ? MongoErrors.ofConnection(e)
                : new HistoryUnusable(
                        "The " + what + " cannot be read: " + MongoErrors.message(e),
                        "Grant the database user to read it.",
                        e);
    }
}
