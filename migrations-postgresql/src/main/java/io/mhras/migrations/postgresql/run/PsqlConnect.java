package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.postgresql.sql.ConnectTarget;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * {@code \connect}, which {@code pg_dump --create} writes: psql begins a new session, and ours is reset to the state of
 * a new one.
 */
public record PsqlConnect(StatementPlace place) {

    /** Starts anew; in the open transaction, if there is one, with what is not yet sent of it. */
    void in(ServerSession session, @Nullable QueryMessage open) {
        String here = session.jdbc().queryForObject("SELECT current_database()", String.class);
        if (!ConnectTarget.of(place.statement().metaCommand()).is(here, session.user())) {
            throw new InvalidMigration(
                    place.statement().text() + " leads away from here: the database '" + here + "', as the user '"
                            + session.user() + "'.",
                    place.location(),
                    "Put what is for another database into migrations of its own. For another user write SET ROLE.");
        }
        QueryMessage message = open == null ? new QueryMessage() : open;
        ServerSession.discard().forEach(message::own);
        session.restoreFor(message, place.script());
        if (open == null) {
            session.send(message);
        }
    }

    public InvalidMigration losesTransaction() {
        return new InvalidMigration(
                place.statement().text() + " would roll back the transaction that the script has begun.",
                place.location(),
                "Write COMMIT or ROLLBACK before it.");
    }
}
