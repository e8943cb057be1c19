package io.mhras.migrations.schema;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.schema.mongodb.CollectionReader;
import java.util.Set;

/** The schema of a MongoDB database: collections with their options and validators, views, indexes. */
public final class MongoSchema {

    private final MongoDatabase database;
    private final String history;

    /** @param history the collection in which the migrations keep their history */
    public MongoSchema(MongoDatabase database, String history) {
        this.database = database;
        this.history = history;
    }

    /**
     * Reads it, collection by collection. It writes nothing.
     *
     * <p>Histories of this and of other tools, and the server's own collections, are no part of it.
     *
     * @param filter what is looked at
     * @throws DatabaseUnavailable if the database cannot be reached, or does not answer
     */
    public SchemaSnapshot snapshot(SchemaFilter filter) {
        try {
            return filter.of(
                    new CollectionReader(database, Set.of(history, history + "_lock", history + "_steps")).read());
        } catch (MongoException e) {
            throw new DatabaseUnavailable(
                    "The collections of the database could not be read: " + e.getMessage(),
                    "Correct the cause and start again; nothing was written.",
                    e);
        }
    }
}
