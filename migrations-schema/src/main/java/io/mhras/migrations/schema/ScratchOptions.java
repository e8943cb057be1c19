package io.mhras.migrations.schema;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where scratch databases are made, and whether they stay. By default on the real database's server, and they do not.
 *
 * @param on another server, which is nobody's: what reaches beyond a database may run there; null for none
 * @param embedded whether a server is started for this, and removed afterwards
 * @param serverDir where its programs {@code initdb} and {@code postgres} are; null for the {@code PATH}
 * @param into the name of an empty database to use, where the user may not make one; null to make one
 * @param keep whether the scratch database stays, to be looked at
 */
public record ScratchOptions(
        @Nullable PostgresServer on,
        boolean embedded,
        @Nullable Path serverDir,
        @Nullable String into,
        boolean keep) {

    /** On the real database's server, and gone afterwards. */
    public static final ScratchOptions DEFAULT = new ScratchOptions(null, false, null, null, false);
}
