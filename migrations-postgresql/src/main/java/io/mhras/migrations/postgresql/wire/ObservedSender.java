package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.postgresql.StatementObserver;
import io.mhras.migrations.postgresql.sql.CopyData;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends each statement of a script by itself, and tells an observer before it and after it.
 *
 * <p>What begins and ends the transactions stands in the messages, in the same order, so that they stay as they are.
 */
public final class ObservedSender implements QuerySender {

    /** They touch nothing; and before SET TRANSACTION there must not be a query, such as the observer's. */
    private static final Set<String> STEERING =
            Set.of("ABORT", "BEGIN", "COMMIT", "END", "RELEASE", "RESET", "SAVEPOINT", "SET", "SHOW", "START");

    private final QuerySender sender;
    private final StatementObserver observer;
    private final StatementObserver.Session session;
    private @Nullable MigrationStep step;
    private @Nullable MigrationScript script;

    /** @param backend the server process that it sends to */
    public ObservedSender(QuerySender sender, StatementObserver observer, int backend) {
        this.sender = sender;
        this.observer = observer;
        this.session = new ObservedSession(sender, backend);
    }

    @Override
    public void begin(MigrationStep newStep, MigrationScript newScript, int done) {
        step = newStep;
        script = newScript;
        tell(newScript.name(), () -> observer.begin(newStep, newScript, done));
    }

    @Override
    public boolean isInTransaction() {
        return sender.isInTransaction();
    }

    @Override
    public void send(QueryMessage message, RowConsumer rows) {
        List<QueryMessage.Part> parts = message.parts();
        int from = 0;
        for (int i = 0; i < parts.size(); i++) {
            QueryMessage.Part part = parts.get(i);
            SqlStatement statement = part.statement();
            if (statement != null && isObserved(statement)) {
                send(message, from, i, rows);
                from = i + 1;
                int own = i;
                observe(statement, part.number(), () -> send(message, own, own + 1, rows));
            }
        }
        send(message, from, parts.size(), rows);
    }

    @Override
    public long copy(SqlStatement statement, CopyData data, int number) throws IOException {
        return observe(statement, number, () -> sender.copy(statement, data, number));
    }

    private static boolean isObserved(SqlStatement statement) {
        if (statement.kind() == SqlStatement.Kind.INSERT) {
            return true;
        }
        List<String> words = statement.leading(3);
        return switch (words.get(0)) {
            case "ROLLBACK" -> words.contains("TO");
            case "PREPARE" -> !words.contains("TRANSACTION");
            default -> !STEERING.contains(words.get(0));
        };
    }

    /** Sends a statement. */
    private interface Sending<E extends Exception> {
        long send() throws E;
    }

    private <E extends Exception> long observe(SqlStatement sql, int number, Sending<E> sending) throws E {
        MigrationScript running = Objects.requireNonNull(script, "A script has begun");
        StatementObserver.Statement statement = new StatementObserver.Statement(
                Objects.requireNonNull(step, "A step has begun"),
                running,
                number,
                sql.text(),
                sql.commandPosition().in(running),
                sender.isInTransaction());
        String place = statement.location().toString();
        tell(place, () -> observer.before(statement, session));
        long started = System.nanoTime();
        long rows;
        try {
            rows = sending.send();
        } catch (StatementFailed e) {
            try {
                observer.failed(statement, e.error());
            } catch (RuntimeException ofObserver) {
                e.addSuppressed(ofObserver);
            }
            throw e;
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
        tell(place, () -> observer.after(statement, rows, elapsed, session));
        return rows;
    }

    /** Not as one of the errors that tell whether a statement is done: of that, an observer knows nothing. */
    private static void tell(String place, Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            throw new ObserverFailed(place, e);
        }
    }

    /** Sends some of a message's statements, as if it were the whole message; returns how many rows they have changed. */
    private long send(QueryMessage message, int from, int to, RowConsumer rows) {
        if (from == to) {
            return 0;
        }
        Shifted shifted = new Shifted(rows, message.parts().get(from).start());
        try {
            sender.send(message.piece(from, to), shifted);
        } catch (StatementFailed e) {
            throw new StatementFailed(shifted.back(e.part()), e.offset(), e.error());
        }
        return shifted.count();
    }

    /** Passes on what the statements of a piece answer. */
    private static final class Shifted implements RowConsumer {

        private final RowConsumer rows;
        private final int start;
        private long count;
        private long accepted;

        Shifted(RowConsumer rows, int start) {
            this.rows = rows;
            this.start = start;
        }

        /** After rows that come in pages the server counts none. */
        long count() {
            return count + accepted;
        }

        QueryMessage.Part back(QueryMessage.Part part) {
            return part.movedBack(-start);
        }

        @Override
        public void accept(QueryMessage.Part part, List<Column> row) {
            accepted++;
            rows.accept(back(part), row);
        }

        @Override
        public boolean wants(QueryMessage.Part part) {
            return rows.wants(back(part));
        }

        @Override
        public void done(QueryMessage.Part part, long changed) {
            count += Math.max(accepted, changed);
            accepted = 0;
            rows.done(back(part), changed);
        }
    }

    /** Queries as messages of ours, so that no prepared statement is left that a script could deallocate. */
    private record ObservedSession(QuerySender sender, int backend) implements StatementObserver.Session {

        @Override
        public List<Map<String, @Nullable String>> query(String sql) {
            List<Map<String, @Nullable String>> answer = new ArrayList<>();
            try {
                sender.send(new QueryMessage().own(sql), (part, columns) -> {
                    Map<String, @Nullable String> row = new LinkedHashMap<>();
                    columns.forEach(column -> row.put(column.name(), column.text()));
                    answer.add(row);
                });
            } catch (StatementFailed e) {
                throw new IllegalStateException("its query failed: " + PostgresErrors.message(e.error()), e.error());
            }
            return answer;
        }
    }

    /** What observes the statements has thrown this. */
    public static final class ObserverFailed extends RuntimeException {

        ObserverFailed(String place, RuntimeException cause) {
            super("What observes the statements failed at " + place + ": " + cause.getMessage(), cause);
        }
    }
}
