package io.mhras.migrations.schema;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.Checksum;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.postgresql.StructureReader;
import io.mhras.migrations.schema.snapshot.BookkeepingTables;
import io.mhras.migrations.schema.snapshot.CatalogReader;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Sums a database's structure up: SHA-256 of what {@link SchemaText} prints of it, histories and rights left out. Another
 * major version of the server prints other words for the same, and is named in front.
 */
public final class StructureFingerprint implements StructureReader {

    @Override
    public String read(Connection connection) {
        SchemaSnapshot snapshot;
        try {
            snapshot = BookkeepingTables.leftOutOf(CatalogReader.read(connection, false));
        } catch (SQLException e) {
            throw new DatabaseUnavailable(
                    "The catalog of the database could not be read: " + e.getMessage(), "Correct the cause.", e);
        }
        // The first lines tell what this user may not read, or who keeps histories: that is nothing of the structure's.
        String text = new SchemaText(snapshot)
                .toString()
                .lines()
                .filter(line -> !line.startsWith("# "))
                .collect(joining("\n"));
        return "PostgreSQL " + snapshot.majorVersion() + ":" + Checksum.of(text);
    }
}
