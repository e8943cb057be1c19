package io.mhras.migrations.schema;

import io.mhras.migrations.schema.diff.Planner;

/** The way from one schema of PostgreSQL to another. */
public final class SchemaDiff {

    private SchemaDiff() {}

    /**
     * Plans it. The schemas have to be of servers of one major version.
     *
     * @param reload tells texts that say the same from those that do not
     * @throws IllegalStateException if changes need each other in a circle
     * @throws io.mhras.migrations.MigrationException.DatabaseUnavailable if the server that loads texts does not answer
     */
    public static SchemaPlan plan(SchemaSnapshot from, SchemaSnapshot to, DiffOptions options, Reload reload) {
        return Planner.plan(from, to, options, reload);
    }
}
