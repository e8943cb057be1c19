package io.mhras.migrations.postgresql;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the history lives, and the limits under which scripts run.
 *
 * @param schema where the history lives, and what comes first in the search_path of scripts; it is made when missing;
 *     null for the connection's own
 * @param table the history's name
 * @param lockTimeout how long a statement of a script may wait for a lock; zero for no limit
 * @param statementTimeout how long a statement of a script may run; zero for what the connection has set
 * @param application what the history calls this service
 */
public record PostgresSettings(
        @Nullable String schema, String table, Duration lockTimeout, Duration statementTimeout, String application) {

    /** The connection's own schema, the table {@code migration_history}, at most 2 s for a lock. */
    public static final PostgresSettings DEFAULT =
            new PostgresSettings(null, "migration_history", Duration.ofSeconds(2), Duration.ZERO, "migrations");
}
