package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import io.mhras.migrations.postgresql.wire.ServerSession;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A statement outside of any transaction, which may have been cut off in an earlier run. */
final class StandaloneStatement {

    private static final Logger log = LoggerFactory.getLogger(StandaloneStatement.class);

    private static final Set<String> EXISTS_ALREADY = Set.of("42P07", "42710", "42P04");
    private static final Set<String> IS_GONE_ALREADY = Set.of("42704", "42P01", "3D000");

    /** Restores what {@link #lift()} removed. */
    static final String[] RESTORE_LIMIT = {
        "SELECT set_config('lock_timeout', coalesce(nullif(current_setting('mhras.lock_timeout', true), ''),"
                + " current_setting('lock_timeout')), false)",
        "SET mhras.lock_timeout = ''"
    };

    private final ServerSession session;
    private final StatementPlace place;
    private final SqlStatement statement;
    private final boolean inDoubt;
    private final @Nullable ConcurrentWork work;

    /** @param inDoubt whether an earlier run may have done it without recording it */
    StandaloneStatement(ServerSession session, StatementPlace place, boolean inDoubt) {
        this.session = session;
        this.place = place;
        this.statement = place.statement();
        this.inDoubt = inDoubt;
        this.work = ConcurrentWork.of(place);
    }

    /** Whether an earlier run has done it, as far as the catalog tells. */
    boolean isDone() {
        return inDoubt && work != null && work.isDone(session.jdbc());
    }

    /** With a lock_timeout a concurrent build leaves an invalid index behind. It blocks no other session while it waits. */
    String[] lift() {
        if (!statement.leading(Integer.MAX_VALUE).contains("CONCURRENTLY")) {
            return new String[0];
        }
        return new String[] {
            // What an attempt before this one has kept is the script's; since then there is no limit.
            "SELECT set_config('mhras.lock_timeout', coalesce(nullif(current_setting('mhras.lock_timeout', true),"
                    + " ''), current_setting('lock_timeout')), false)",
            "SET lock_timeout = 0"
        };
    }

    void run() {
        if (work == null) {
            send();
        } else {
            work.run(session, this::send);
        }
    }

    private void send() {
        try {
            session.send(new QueryMessage().add(statement, place.number()));
        } catch (StatementFailed e) {
            if (!inDoubt || !isDoneAlready(String.valueOf(e.error().getSQLState()))) {
                throw e;
            }
            log.warn(
                    "{}: statement {} was cut off in an earlier run, and has done its work: {}",
                    place.script().name(),
                    place.number(),
                    PostgresErrors.message(e.error()));
        }
    }

    private boolean isDoneAlready(String state) {
        return (statement.startsWith("create") && EXISTS_ALREADY.contains(state))
                || (statement.startsWith("drop") && IS_GONE_ALREADY.contains(state));
    }
}
