package io.mhras.migrations.schema.report;

import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.schema.SchemaFilter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What of a database is compared with its migrations.
 *
 * @param filter which objects; the history is left out in any case
 * @param withRights whether owners, grants and default privileges are compared, too
 * @param start a schema that stands for what was applied first; null if the migrations begin with an empty database
 */
public record DriftScope(
        SchemaFilter filter, boolean withRights, @Nullable Start start) {

    /** All objects, without rights, from an empty database on. */
    public static final DriftScope ALL = new DriftScope(SchemaFilter.ALL, false, null);

    /**
     * A schema as it was when a migration had been applied.
     *
     * @param schema a file of SQL that makes it, as {@code pg_dump} writes it
     * @param version the last migration that is in it
     */
    public record Start(Path schema, MigrationVersion version) {}
}
