package io.mhras.migrations.schema;

import io.mhras.migrations.MigrationVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a new migration is called.
 *
 * @param words what it does
 * @param version its version; null for the next one
 * @param isTime whether the next one is a time
 * @param requires what it requires; empty for the preceding version
 */
public record Naming(String words, @Nullable String version, boolean isTime, List<MigrationVersion> requires) {

    public Naming {
        requires = List.copyOf(requires);
    }
}
