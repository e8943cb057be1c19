package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.postgresql.sql.CopyData;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Sends messages into the server session that holds the migration lock, and into no other, where a connection pooler could
 * lead them elsewhere.
 *
 * <p>That session carries a mark, and each message checks it first: where the mark is missing, the server runs nothing
 * of the message. For a statement that has to be alone in its message, the check is sent just before.
 */
public final class FencedSender implements QuerySender {

    private static final String NO_SUCH_SETTING = "42704";
    private static final long PAUSE_MS = 20;
    private static final long LIMIT_NANOS = 2_000_000_000L;

    private final BaseConnection connection;
    private final QuerySender sender;
    private final ServerSession.Found found;
    private final long lock;
    private final String mark =
            "mhras.fence_" + Long.toHexString(ThreadLocalRandom.current().nextLong());

    // Unlike SELECT or DO it needs no snapshot, so that the script after it can still set its isolation level.
    private final String fence = "SHOW " + mark;

    private boolean isLost;

    /**
     * A fence around the session that will get the lock.
     *
     * @param found what that session was like
     * @param lock the lock's key
     */
    public FencedSender(Connection connection, QuerySender sender, ServerSession.Found found, long lock)
            throws SQLException {
        this.connection = connection.unwrap(BaseConnection.class);
        this.sender = sender;
        this.found = found;
        this.lock = lock;
    }

    /** Takes the lock, if it is free, and marks the session; in the session that was met so far, or not at all. */
    public boolean takeLock() {
        // A session that has the lock gets it again: another run, led here by the pooler, would take it for its own.
        String sql = """
                SELECT pg_backend_pid(),
                       CASE WHEN pg_backend_pid() <> %1$d THEN 'switched'
                            WHEN EXISTS (SELECT FROM pg_locks
                                         WHERE locktype = 'advisory' AND granted AND objsubid = 1
                                           AND pid = pg_backend_pid()
                                           AND (classid::bigint << 32) | objid::bigint = %2$d) THEN 'shared'
                            WHEN pg_try_advisory_lock(%2$d) THEN set_config('%3$s', 'taken', false)
                            ELSE 'held by another session' END""".formatted(found.backend(), lock, mark);
        List<Column> answer = new ArrayList<>();
        sender.send(new QueryMessage().own(sql), (part, row) -> answer.addAll(row));
        return switch (String.valueOf(answer.get(1).text())) {
            case "switched" ->
                throw ConnectionPooler.switched(
                        found.backend(), String.valueOf(answer.get(0).text()));
            case "shared" -> throw ConnectionPooler.nothingDone("this one holds the migration lock of another run");
            case "taken" -> true;
            default -> false;
        };
    }

    @Override
    public void send(QueryMessage message, RowConsumer rows) {
        if (isLost) {
            throw new StatementFailed(
                    message.parts().get(0), -1, new SQLException("The session that holds the lock is out of reach"));
        }
        // A pooler leaves an open transaction in its session; and in a failed one a query would fail.
        if (connection.getTransactionState() != TransactionState.IDLE) {
            sender.send(message, rows);
        } else if (standsAlone(message)) {
            sendBehindFence(new QueryMessage(), IGNORE_ROWS);
            sender.send(message, rows);
        } else {
            sendBehindFence(message, rows);
        }
    }

    /** Within a transaction, which a pooler leaves in its session. */
    @Override
    public long copy(SqlStatement statement, CopyData data, int number) throws IOException {
        return sender.copy(statement, data, number);
    }

    @Override
    public boolean isInTransaction() {
        return sender.isInTransaction();
    }

    /** Whether it could be one of those that the server requires to be alone. */
    private static boolean standsAlone(QueryMessage message) {
        SqlStatement first = message.parts().get(0).statement();
        return message.parts().size() == 1 && first != null && first.transaction() != SqlStatement.Transaction.BEGINS;
    }

    private void sendBehindFence(QueryMessage message, RowConsumer rows) {
        QueryMessage fenced = message.behind(fence);
        QueryMessage.Part first = fenced.parts().get(0);
        int shift = fenced.text().length() - message.text().length();
        try {
            sender.send(fenced, rows == IGNORE_ROWS ? IGNORE_ROWS : new Shifted(rows, first, shift));
        } catch (StatementFailed e) {
            if (!e.part().equals(first)) {
                throw new StatementFailed(e.part().movedBack(shift), e.offset(), e.error());
            }
            if (NO_SUCH_SETTING.equals(e.error().getSQLState())) {
                isLost = true;
                throw refusal();
            }
            throw message.isEmpty() ? e : new StatementFailed(message.parts().get(0), -1, e.error());
        }
    }

    private Refused refusal() {
        boolean isFree = freeLock();
        return ConnectionPooler.refusal(
                "The migrations stopped between two transactions, and what was committed stays",
                "server process " + found.backend() + (isFree ? " had" : " still has")
                        + " the migration lock, and the next transaction was given to another one",
                isFree ? "" : "Free the lock: SELECT pg_terminate_backend(" + found.backend() + "). ");
    }

    /**
     * Tries for a while to reach the session that has the lock.
     *
     * <p>It is not terminated from another one: at that moment it may work for another client.
     */
    private boolean freeLock() {
        QueryMessage message = new QueryMessage().own(fence, "SELECT pg_advisory_unlock(" + lock + ")");
        found.restoreSettings().forEach(message::own);
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (System.nanoTime() < deadline) {
            try {
                Thread.sleep(PAUSE_MS);
                sender.send(message, IGNORE_ROWS);
                return true;
            } catch (StatementFailed e) {
                if (!NO_SUCH_SETTING.equals(e.error().getSQLState())) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /** Passes on what the statements after the fence answer. */
    private record Shifted(RowConsumer rows, QueryMessage.Part fence, int shift) implements RowConsumer {

        @Override
        public void accept(QueryMessage.Part part, List<Column> row) {
            rows.accept(part.movedBack(shift), row);
        }

        @Override
        public boolean wants(QueryMessage.Part part) {
            return !part.equals(fence) && rows.wants(part.movedBack(shift));
        }

        @Override
        public void done(QueryMessage.Part part, long count) {
            if (!part.equals(fence)) {
                rows.done(part.movedBack(shift), count);
            }
        }
    }
}
