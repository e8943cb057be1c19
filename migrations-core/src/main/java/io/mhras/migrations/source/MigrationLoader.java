package io.mhras.migrations.source;

import io.mhras.migrations.MigrationSet;
import java.util.List;
import java.util.Map;

/** Finds the migrations of one kind of database in its locations. */
public final class MigrationLoader {

    /**
     * A loader.
     *
     * @param locations {@code classpath:} or {@code filesystem:} folders, searched with all that is below them
     * @param extension the ending of this database's files, without a dot: {@code sql}, {@code js}
     * @param placeholders what to write for which {@code ${name}}; others are left as they are
     * @param classLoader where {@code classpath:} looks
     */
    public MigrationLoader(
            List<String> locations, String extension, Map<String, String> placeholders, ClassLoader classLoader) {
        throw new UnsupportedOperationException();
    }

    /** Reads names, headers and checksums. */
    public MigrationSet load() {
        throw new UnsupportedOperationException();
    }
}
