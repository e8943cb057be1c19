package io.mhras.migrations.schema;

import io.mhras.migrations.testing.ServerVersions;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A database that has one of each kind of object. */
final class EverySchema {

    private EverySchema() {}

    static TestDatabase onServer(int major) {
        TestDatabase database = ServerVersions.newDatabase(major);
        database.run(resource("everything.sql"));
        return database;
    }

    static String resource(String name) {
        try (InputStream file = Objects.requireNonNull(EverySchema.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SchemaSnapshot read(TestDatabase database) {
        return new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, true);
    }
}
