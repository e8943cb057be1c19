package io.mhras.migrations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What migrates a database at this moment, in whichever process.
 *
 * @param script the name of the script that runs; empty while none does
 * @param version its migration; null if no file of ours has that name
 * @param statement which of its statements runs, from 1; 0 if that is not known
 * @param statements how many it has; null if that is not known
 * @param sql the statement, without the values in it; null if no file of ours has it
 * @param since when what is sent to the server began, by the server's clock; other statements may have been sent with it
 * @param elapsed how long ago that is, by the server's clock
 * @param phase what it does, as the server reports it; null if the server reports nothing
 * @param percent how far it is in that phase, 0 to 100; null if unknown
 * @param waitsFor what it waits for, in the server's words; null if it works
 * @param session the session that migrates
 * @param blockedBy those that it waits for
 */
public record MigrationActivity(
        String script,
        @Nullable MigrationVersion version,
        int statement,
        @Nullable Integer statements,
        @Nullable String sql,
        Instant since,
        Duration elapsed,
        @Nullable String phase,
        @Nullable Double percent,
        @Nullable String waitsFor,
        Session session,
        List<Session> blockedBy) {

    public MigrationActivity {
        blockedBy = List.copyOf(blockedBy);
    }

    /**
     * A session of the database.
     *
     * @param id what the server calls it, for example a process id
     * @param user the database user
     * @param application what it calls itself
     * @param address where it comes from; null if from the server's own machine, or hidden
     * @param state what it does: {@code active}, {@code idle in transaction}, ...; {@code hidden} from a user who may
     *     not see it
     * @param inState for how long, by the server's clock
     * @param query what it runs, or ran last, without the values in it; null if that is hidden
     */
    public record Session(
            String id,
            String user,
            String application,
            @Nullable String address,
            String state,
            Duration inState,
            @Nullable String query) {}

    /** The same, with what is known from the file of the running script. */
    public MigrationActivity with(
            String fileName, MigrationVersion itsVersion, @Nullable Integer total, @Nullable String statementText) {
        return new MigrationActivity(
                fileName,
                itsVersion,
                statement,
                total,
                statementText,
                since,
                elapsed,
                phase,
                percent,
                waitsFor,
                session,
                blockedBy);
    }
}
