package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.protocol.Commands;

/**
 * A command.
 *
 * @param database that it runs in
 * @param name of the command, as it was written
 * @param query the whole command
 * @param server runs a command as mongo-java-server does
 */
record Call(String database, String name, Document query, DoubleBackend.Plain server) {

    /** The collection that it names; empty if it names none. */
    String collection() {
        return query.get(name) instanceof String collection ? collection : "";
    }

    String namespace() {
        return database + "." + collection();
    }

    Document options() {
        return Commands.options(name, query);
    }

    Document plain() {
        return server.run(name, query);
    }

    Document plain(String command, Document other) {
        return server.run(command, other);
    }
}
