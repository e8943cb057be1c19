package io.mhras.migrations.actuate;

import io.mhras.migrations.MigrationActivity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What migrates a database at this moment.
 *
 * @param script the script that runs; null between two of them
 * @param version its migration; null if this service does not have its file
 * @param statement which of its statements runs, from 1; null if that is not known
 * @param statements how many it has; null if that is not known
 * @param sql the statement; null if this service does not have the file
 * @param since when what is sent to the server began; other statements may have been sent with it
 * @param elapsedMs how long ago that is, in milliseconds
 * @param phase what it does, as the server reports it; null if the server reports nothing
 * @param percent how far it is in that phase; null if unknown
 * @param waitsFor what it waits for, in the server's words; null if it works
 * @param session the session that migrates
 * @param blockedBy the sessions that it waits for
 */
public record RunningDescriptor(
        @Nullable String script,
        @Nullable String version,
        @Nullable Integer statement,
        @Nullable Integer statements,
        @Nullable String sql,
        Instant since,
        long elapsedMs,
        @Nullable String phase,
        @Nullable Double percent,
        @Nullable String waitsFor,
        SessionDescriptor session,
        List<SessionDescriptor> blockedBy) {

    /**
     * A session of the database.
     *
     * @param id what the server calls it, for example a process id
     * @param user the database user
     * @param application what it calls itself
     * @param address where it comes from; null if from the server's own machine, or hidden
     * @param state what it does
     * @param stateMs for how long, in milliseconds
     * @param query what it runs, or ran last; null if that is hidden
     */
    public record SessionDescriptor(
            String id,
            String user,
            String application,
            @Nullable String address,
            String state,
            long stateMs,
            @Nullable String query) {

        static SessionDescriptor of(MigrationActivity.Session session) {
            return new SessionDescriptor(
                    session.id(),
                    session.user(),
                    session.application(),
                    session.address(),
                    session.state(),
                    session.inState().toMillis(),
                    session.query());
        }
    }

    static RunningDescriptor of(MigrationActivity activity) {
        return new RunningDescriptor(
                activity.script().isEmpty() ? null : activity.script(),
                activity.version() == null ? null : activity.version().toString(),
                activity.statement() == 0 ? null : activity.statement(),
                activity.statements(),
                activity.sql(),
                activity.since(),
                activity.elapsed().toMillis(),
                activity.phase(),
                activity.percent(),
                activity.waitsFor(),
                SessionDescriptor.of(activity.session()),
                activity.blockedBy().stream().map(SessionDescriptor::of).toList());
    }
}
