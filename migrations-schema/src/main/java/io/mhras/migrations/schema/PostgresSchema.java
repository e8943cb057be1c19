package io.mhras.migrations.schema;

import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.postgresql.StatementObserver;
import io.mhras.migrations.schema.ddl.SchemaWriter;
import io.mhras.migrations.schema.measure.Measurement;
import io.mhras.migrations.schema.report.MigrationFacts;
import io.mhras.migrations.schema.snapshot.BookkeepingTables;
import io.mhras.migrations.schema.snapshot.CatalogReader;
import io.mhras.migrations.schema.snapshot.TextReload;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The schema of a PostgreSQL database, from version 13 on. */
public final class PostgresSchema {

    private final DataSource dataSource;

    public PostgresSchema(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Reads it as it is at one moment, in a transaction that only reads. It waits for no lock, unless a definition that
     * it asks for is being changed.
     *
     * <p>Histories of this and of other tools, and members of extensions, are no part of it.
     *
     * @param filter what is looked at
     * @param withRights whether owners, grants and default privileges are part of it
     * @throws DatabaseUnavailable if the database cannot be reached, or does not answer
     */
    public SchemaSnapshot snapshot(SchemaFilter filter, boolean withRights) {
        try (Connection connection = dataSource.getConnection()) {
            return filter.of(BookkeepingTables.leftOutOf(CatalogReader.read(connection, withRights)));
        } catch (SQLException e) {
            throw new DatabaseUnavailable(
                    "The catalog of the database could not be read: " + e.getMessage(),
                    "Correct the cause and start again; nothing was written.",
                    e);
        }
    }

    /**
     * Loads texts into this database again, in a transaction that is rolled back. It remembers what they came to.
     *
     * <p>It takes locks on the tables that the texts are of: a scratch database is meant.
     */
    public Reload reload() {
        return new TextReload(dataSource);
    }

    /**
     * The statements that make this schema in an empty database, in an order in which each finds what it needs.
     *
     * @throws IllegalStateException if objects need each other in a circle
     */
    public static SchemaDdl ddl(SchemaSnapshot snapshot) {
        return SchemaWriter.write(snapshot);
    }

    /**
     * Measures what the scripts do that a run sends to this database.
     *
     * @param run migrates it with a driver that is observed by what it is given
     * @return a script each, in the order in which they ran
     */
    public List<MigrationFacts> measure(Consumer<StatementObserver> run) {
        Measurement measurement = new Measurement(dataSource);
        run.accept(measurement);
        return measurement.migrations();
    }
}
