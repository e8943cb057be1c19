package io.mhras.migrations.mongodb.history;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
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
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Reads collections that are not ours. */
public final class MongoTableReader implements TableReader {

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
    public List<Table> find(@Nullable String schema, Set<String> names) {
        List<Table> tables = new ArrayList<>();
        for (String name : names) {
            Set<String> columns = new TreeSet<>();
            read(name, document -> document.keySet().forEach(field -> columns.add(inLowerCase(field))));
            if (!columns.isEmpty()) {
                tables.add(new Table(null, name, columns));
            }
        }
        return tables;
    }

    @Override
    public List<Map<String, @Nullable Object>> rows(Table table) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        read(table.name(), document -> {
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

    private void read(String name, Consumer<Document> reader) {
        try {
            database.getCollection(name).find().forEach(reader);
        } catch (MongoException e) {
            throw MongoErrors.leavesOpenWhatHappened(e)
                    ? MongoErrors.ofConnection(e)
                    : new HistoryUnusable(
                            "The collection " + name + " cannot be read: " + MongoErrors.message(e),
                            "Grant the database user to read it.",
                            e);
        }
    }
}
