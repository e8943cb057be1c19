package io.mhras.migrations.postgresql.offline;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.postgresql.history.HistoryTable;
import io.mhras.migrations.postgresql.run.ConcurrentIndexBuild;
import io.mhras.migrations.postgresql.run.ConcurrentWork;
import io.mhras.migrations.postgresql.run.Progress;
import io.mhras.migrations.postgresql.run.PsqlConnect;
import io.mhras.migrations.postgresql.run.ScriptPart;
import io.mhras.migrations.postgresql.run.ScriptRunner;
import io.mhras.migrations.postgresql.run.ScriptTransactions;
import io.mhras.migrations.postgresql.run.Segments;
import io.mhras.migrations.postgresql.run.StatementPlace;
import io.mhras.migrations.postgresql.sql.BatchStatement;
import io.mhras.migrations.postgresql.sql.ConnectTarget;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.sql.SqlTemplate;
import io.mhras.migrations.postgresql.wire.ApplicationName;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender;
import io.mhras.migrations.postgresql.wire.ServerSession;
import io.mhras.migrations.postgresql.wire.ServerSession.InitialSettings;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one script, written down for psql: the same, with the same rows of progress, as {@link
 * ScriptTransactions} runs. What the server would refuse there is foreseen here.
 */
final class OfflineTransactions implements ScriptRunner.Transactions {

    private final PsqlWriter out;
    private final MigrationStep step;
    private final MigrationScript script;
    private final InitialSettings settings;
    private final HistoryTable table;
    private final String application;
    private final Segments segments;

    private final ForeseenRefusals refusals = new ForeseenRefusals();

    private Progress progress = Progress.NONE;
    private ScriptPart part = ScriptPart.NONE;

    OfflineTransactions(
            PsqlWriter out, MigrationStep step, InitialSettings settings, HistoryTable table, String application) {
        this.out = out;
        this.step = step;
        this.script = Objects.requireNonNull(step.script(), "A step to write down has a script");
        this.settings = settings;
        this.table = table;
        this.application = application;
        this.segments = new Segments(script);
    }

    Progress progress() {
        return progress;
    }

    @Override
    public SqlStatement.Transaction take(SqlStatement statement, int number) {
        if (statement.mayForbidWriting()) {
            throw new InvalidMigration(
                    "psql cannot find out whether the history can be written in a transaction that may only read.",
                    new StatementPlace(script, statement, number).location(),
                    "Take READ ONLY out, or let 'migrations apply' run this migration.");
        }
        if (refusals.wantsNone(statement)) {
            segments.runAlone(number);
        } else if (refusals.wantsItsOwn(statement)) {
            segments.runApart(number);
        }
        return segments.meaning(statement, number, part.isOwnTransaction());
    }

    @Override
    public boolean isPassedOver(SqlStatement statement, int number) {
        return Segments.endsNothing(statement, part.isOwnTransaction());
    }

    /** It is not written. */
    @Override
    public void passOver(SqlStatement statement, int number) {}

    @Override
    public QueryMessage begin(@Nullable SqlStatement own, int number) {
        part = own == null ? ScriptPart.TRANSACTION : ScriptPart.OWN_TRANSACTION;
        if (own == null) {
            out.lines("BEGIN;");
        } else {
            out.statement(own);
        }
        setLimits();
        return new QueryMessage();
    }

    private void setLimits() {
        if (!progress.hasCommitted()) {
            out.own(settings.set(script));
        }
    }

    @Override
    public void commit(QueryMessage message, int number) {
        out.send(message, QuerySender.IGNORE_ROWS);
        record(number);
        out.lines("COMMIT;");
        part = ScriptPart.NONE;
        refusals.committed();
    }

    @Override
    public void end(QueryMessage message, int number) {
        out.send(message, QuerySender.IGNORE_ROWS);
        commit(begin(null, 0), number);
    }

    @Override
    public void alone(SqlStatement statement, int number, ApplicationName name) {
        setLimits();
        if (progress.recorded() != number - 1) {
            recordApart(number - 1);
        }
        // With a lock_timeout a concurrent build leaves an invalid index behind.
        boolean isConcurrent = statement.leading(Integer.MAX_VALUE).contains("CONCURRENTLY");
        if (isConcurrent) {
            out.query("SELECT current_setting('lock_timeout') AS lock_timeout").lines("SET lock_timeout = 0;");
        }
        out.statement(statement);
        if (ConcurrentWork.of(new StatementPlace(script, statement, number)) instanceof ConcurrentIndexBuild build
                && build.name() != null) {
            out.lines(assertIsValid(build, build.name()));
        }
        recordApart(number);
        if (isConcurrent) {
            out.lines("SET lock_timeout = :'mhras_lock_timeout';");
        }
    }

    /** {@code IF NOT EXISTS} takes an invalid index of that name for the real one. */
    private static String assertIsValid(ConcurrentIndexBuild build, String name) {
        return SqlTemplate.of(OfflineTransactions.class, "index")
                .block(Map.of(
                        "table", SqlQuote.literal(build.table()),
                        "name", SqlQuote.literal(name),
                        "problem", SqlQuote.literal("there is no valid index " + name + " on " + build.table())));
    }

    private void recordApart(int number) {
        out.lines("BEGIN;");
        record(number);
        out.lines("COMMIT;");
    }

    /** Writes a row of progress, whatever role the script has set. */
    private void record(int number) {
        out.lines("SET LOCAL SESSION AUTHORIZATION :\"mhras_user\";")
                .query("SELECT set_config('role', :'mhras_role', true) AS was_role")
                .query(table.insertProgressBy(
                        step, progress.isRecorded() ? null : script, number, application, OfflinePreamble.HOST));
        progress = progress.recorded(number);
    }

    /** All batches, and a transaction for what follows. */
    QueryMessage runBatches(MigrationScript.Batch batch) {
        SqlStatement statement = new BatchStatement(script, batch).read(SqlLexer.Strings.STANDARD);
        // The first one by itself, with the row that says that the others are under way.
        QueryMessage first = begin(null, 0);
        commit(first.add(statement, 1), 1);
        out.lines(SqlTemplate.of(OfflineTransactions.class, "batches")
                .block(Map.of(
                        "pause", Double.toString(batch.pause().toMillis() / 1000.0),
                        "statement", SqlQuote.dollarQuoted("batch", "\n" + statement.text() + "\n"))));
        return begin(null, 0);
    }

    /** psql must not begin a new session: the lock belongs to this one. */
    @Override
    public @Nullable QueryMessage connect(SqlStatement command, int number, @Nullable QueryMessage open) {
        StatementPlace place = new StatementPlace(script, command, 0);
        PsqlConnect connect = new PsqlConnect(place);
        if (part.isOwnTransaction()) {
            throw connect.losesTransaction();
        }
        ConnectTarget target = ConnectTarget.of(command.metaCommand());
        if (target.isElsewhere()) {
            throw new InvalidMigration(
                    command.text() + " leads to another server.",
                    place.location(),
                    "Put what is for another database into migrations of its own.");
        }
        if (open != null) {
            out.send(open, QuerySender.IGNORE_ROWS);
        }
        out.own(ServerSession.discard());
        OfflinePreamble.restore(out);
        out.own(settings.set(script));
        out.lines(assertIsHere(target, command.text()));
        return open == null ? null : new QueryMessage();
    }

    private static String assertIsHere(ConnectTarget target, String command) {
        return SqlTemplate.of(OfflineTransactions.class, "connect")
                .block(Map.of(
                        "database", SqlQuote.literal(target.database()),
                        "user", SqlQuote.literal(target.user()),
                        "problem", SqlQuote.literal(command + " leads away from here")));
    }

    @Override
    public QuerySender.RowConsumer rows() {
        return QuerySender.IGNORE_ROWS;
    }
}
