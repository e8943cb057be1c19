package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationDriver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the history lives, and the limits under which scripts run.
 *
 * @param schema where the history lives, and what comes first in the search_path of scripts; it is created if missing;
 *     null for the connection's own
 * @param table the history's name
 * @param application what the history calls this service
 * @param limits how long things may take
 * @param retry how to go on when others hold the locks that a script needs
 */
public record PostgresSettings(@Nullable String schema, String table, String application, Limits limits, Retry retry) {

    /** The connection's own schema, the table {@code migration_history}, the usual limits. */
    public static final PostgresSettings DEFAULT =
            new PostgresSettings(null, "migration_history", MigrationDriver.UNNAMED, Limits.DEFAULT, Retry.DEFAULT);

    /** The same for another history. */
    public PostgresSettings in(@Nullable String newSchema, String newTable) {
        return new PostgresSettings(newSchema, newTable, application, limits, retry);
    }

    /** The same with other limits. */
    public PostgresSettings with(Limits newLimits) {
        return new PostgresSettings(schema, table, application, newLimits, retry);
    }

    /** The same with other pauses. */
    public PostgresSettings with(Retry newRetry) {
        return new PostgresSettings(schema, table, application, limits, newRetry);
    }

    /**
     * How long things may take.
     *
     * @param lock how long a statement of a script may wait for a lock; zero for no limit
     * @param statement how long a statement of a script may run; zero for what the connection has set
     * @param otherInstance how long to wait for another instance that migrates; zero for as long as it lives
     */
    public record Limits(Duration lock, Duration statement, Duration otherInstance) {

        /** At most 2 s for a lock. */
        public static final Limits DEFAULT = new Limits(Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO);
    }

    /**
     * How to go on when others hold the locks that a script needs: what is not committed is rolled back, so that no
     * other session has to queue for it, and runs again after a pause. Each pause is about twice as long as the one
     * before.
     *
     * @param limit how long to try again; zero for not at all
     * @param firstPause how long the first pause is
     * @param longestPause how long a pause may become
     */
    public record Retry(Duration limit, Duration firstPause, Duration longestPause) {

        /** For 10 minutes, with pauses of 0.5 s to 60 s. */
        public static final Retry DEFAULT =
                new Retry(Duration.ofMinutes(10), Duration.ofMillis(500), Duration.ofMinutes(1));

        /** Gives up at once. */
        public static final Retry NONE = new Retry(Duration.ZERO, Duration.ofMillis(500), Duration.ofMinutes(1));
    }
}
