package io.mhras.migrations.schema;

import io.mhras.migrations.MigrationSet;

/** Where a schema comes from that is compared with another one. */
public sealed interface SchemaSource {

    /** For people. */
    String name();

    /**
     * What migrations make.
     *
     * @param files all that run
     */
    record Migrations(String name, MigrationSet files) implements SchemaSource {}

    /** What scripts make. */
    record Scripts(WantedSchema schema) implements SchemaSource {
        @Override
        public String name() {
            return schema.name();
        }
    }

    /** What a database has. */
    record Live(String name, PostgresServer server) implements SchemaSource {}
}
