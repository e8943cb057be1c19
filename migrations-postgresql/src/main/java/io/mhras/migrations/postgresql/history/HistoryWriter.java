package io.mhras.migrations.postgresql.history;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Execution;
import io.mhras.migrations.HistoryEntry.Recorded;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender;
import io.mhras.migrations.postgresql.wire.QuerySender.Column;
import io.mhras.migrations.postgresql.wire.ServerSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Adds events to the history, in the session that did what they record. */
public final class HistoryWriter {

    private final ServerSession session;
    private final HistoryTable table;
    private final PostgresHistory history;
    private final String application;
    private final String host = Execution.thisHost();

    /** @param application what the history calls this service */
    public HistoryWriter(ServerSession session, HistoryTable table, String application) {
        this.session = session;
        this.table = table;
        this.history = new PostgresHistory(session.connection().connection(), table);
        this.application = application;
    }

    /** What is in it so far. */
    public PostgresHistory history() {
        return history;
    }

    /** Where it is. */
    public HistoryTable table() {
        return table;
    }

    public MigrationException failure(SQLException e) {
        return HistoryErrors.of(table, e);
    }

    /** Adds a row that says how many statements of the script are done, whatever role the script has set. */
    public void recordProgress(
            QueryMessage message, MigrationStep step, @Nullable MigrationScript running, int statements) {
        session.found().restoreUserForTransaction().forEach(message::own);
        message.own(table.insertProgress(step, running, statements, application, host));
    }

    /**
     * Adds the steps' rows to the message, ends the transaction, and leaves the session as it was found.
     *
     * @param elapsed how long it took; null if the current transaction is all there was
     */
    public List<HistoryEntry> commit(QueryMessage message, List<MigrationStep> steps, @Nullable Duration elapsed) {
        session.found().restoreUser().forEach(message::own);
        steps.forEach(step -> message.own(table.insert(step, elapsed, application, host)));
        message.own("COMMIT");
        int committed = message.parts().size();
        session.found().restoreSettings().forEach(message::own);
        ServerSession.discard().forEach(message::own);
        List<HistoryEntry> entries = new ArrayList<>();
        try {
            session.sender().send(message, (part, row) -> {
                if (isInserted(row)) {
                    entries.add(inserted(row, steps.get(entries.size())));
                }
            });
        } catch (QuerySender.StatementFailed e) {
            if (message.parts().indexOf(e.part()) < committed) {
                throw e;
            }
            session.connection().discard(e.error());
        }
        return entries;
    }

    /** Whether this entry records that the step is done. */
    public boolean isOf(HistoryEntry entry, MigrationStep step) {
        return entry.event() == step.event()
                && entry.version().equals(step.version())
                && entry.fingerprint().equals(step.fingerprint());
    }

    /**
     * The statement that records that the step failed and why.
     *
     * @param statements how many statements of the script stay done; null if none
     */
    public String failureRow(MigrationStep step, Duration elapsed, String problem, @Nullable Integer statements) {
        return table.insertFailure(step, statements, elapsed, problem, application, host);
    }

    /**
     * Rolls back, and records that and why. The failure matters more than what goes wrong in here.
     *
     * @param statements how many statements of the script stay done; null if none
     */
    public void undo(MigrationStep step, Duration elapsed, MigrationException failure, @Nullable Integer statements) {
        String row = failureRow(step, elapsed, failure.problem(), statements);
        try {
            session.rollBackAndRestore();
            session.send(new QueryMessage().own("BEGIN", "SET LOCAL lock_timeout = '10s'", row, "COMMIT"));
        } catch (QuerySender.StatementFailed | MigrationException.Refused e) {
            failure.addSuppressed(e);
        }
    }

    /** Whether this row is the server's answer to {@link HistoryTable#insert}. */
    private static boolean isInserted(List<Column> row) {
        return row.size() == 4 && row.get(3).name().equals(HistoryTable.APPLIED_AT_MICROS);
    }

    private HistoryEntry inserted(List<Column> row, MigrationStep step) {
        return new HistoryEntry(
                number(row, 0),
                step.event(),
                Recorded.of(step),
                null,
                new Execution(
                        Duration.ofMillis(number(row, 1)),
                        null,
                        text(row, 2),
                        application,
                        host,
                        PostgresHistory.time(number(row, 3))),
                step.fingerprint(),
                step.structure());
    }

    private static long number(List<Column> row, int index) {
        return Long.parseLong(text(row, index));
    }

    private static String text(List<Column> row, int index) {
        return Objects.requireNonNull(row.get(index).text());
    }
}
