package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.postgresql.ScriptRunner.Segments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one script, written down for psql: the same, with the same rows of progress, as {@link ScriptParts}
 * runs. What the server would have to say there is foreseen here.
 */
final class OfflineParts implements ScriptRunner.Transactions {

    private final PsqlWriter out;
    private final MigrationStep step;
    private final MigrationScript script;
    private final PostgresSettings settings;
    private final HistoryTable table;
    private final Segments segments;

    private final ForeseenRefusals refusals = new ForeseenRefusals();

    /** What the newest row of progress says; -1 as long as there is none. */
    private int recorded = -1;

    private boolean limitsAreSet;

    OfflineParts(PsqlWriter out, MigrationStep step, PostgresSettings settings, HistoryTable table) {
        this.out = out;
        this.step = step;
        this.script = Objects.requireNonNull(step.script(), "A step to write down has a script");
        this.settings = settings;
        this.table = table;
        this.segments = new Segments(script);
    }

    /** Whether there are rows of progress, so that the script is no longer one transaction. */
    boolean areRecorded() {
        return recorded >= 0;
    }

    /** The limits and the search_path under which a script begins. */
    static List<String> limits(MigrationScript script, PostgresSettings settings) {
        Duration lock = Objects.requireNonNullElse(
                script.options().lockTimeout(), settings.limits().lock());
        Duration statement = settings.limits().statement();
        List<String> limits = new ArrayList<>(List.of("SET lock_timeout = " + lock.toMillis()));
        if (!statement.isZero()) {
            limits.add("SET statement_timeout = " + statement.toMillis());
        }
        if (settings.schema() != null) {
            limits.add("SET search_path = :mhras_search_path");
        }
        return limits;
    }

    @Override
    public SqlStatement.Transaction meaning(SqlStatement statement, int number) {
        if (refusals.wantsNone(statement)) {
            segments.runAlone(number);
        } else if (refusals.wantsItsOwn(statement)) {
            segments.runApart(number);
        }
        return segments.meaning(statement, number);
    }

    @Override
    public boolean isDone(SqlStatement statement, int number) {
        if (statement.mayForbidWriting()) {
            throw new InvalidMigration(
                    "psql cannot find out whether the history can be written in a transaction that may only read.",
                    new ScriptPlace(script, statement, number).location(),
                    "Take READ ONLY out, or let 'migrations apply' run this migration.");
        }
        return segments.endsNothing(statement);
    }

    @Override
    public QueryMessage begin(@Nullable SqlStatement own, int number) {
        segments.begin(own);
        if (own == null) {
            out.lines("BEGIN;");
        } else {
            out.statement(own);
        }
        setLimits();
        return new QueryMessage();
    }

    private void setLimits() {
        if (!limitsAreSet) {
            out.own(limits(script, settings));
        }
    }

    @Override
    public void commit(QueryMessage message, int number) {
        out.send(message, QuerySender.IGNORE_ROWS);
        record(number);
        out.lines("COMMIT;");
        limitsAreSet = true;
        segments.end();
        refusals.committed();
    }

    @Override
    public void end(QueryMessage message, int number) {
        out.send(message, QuerySender.IGNORE_ROWS);
        segments.end();
        commit(begin(null, 0), number);
    }

    @Override
    public void alone(SqlStatement statement, int number, ApplicationName name) {
        setLimits();
        limitsAreSet = true;
        if (recorded != number - 1) {
            recordApart(number - 1);
        }
        // With a lock_timeout a concurrent build leaves an invalid index behind.
        boolean isConcurrent = statement.leading(Integer.MAX_VALUE).contains("CONCURRENTLY");
        if (isConcurrent) {
            out.query("SELECT current_setting('lock_timeout') AS lock_timeout").lines("SET lock_timeout = 0;");
        }
        out.statement(statement);
        if (ConcurrentWork.of(script, statement, number) instanceof ConcurrentIndexBuild build
                && build.name() != null) {
            out.lines(assertIsValid(build, build.name()));
        }
        recordApart(number);
        if (isConcurrent) {
            out.lines("SET lock_timeout = :'mhras_lock_timeout';");
        }
    }

    /** {@code IF NOT EXISTS} takes an invalid namesake for the real one. */
    private static String assertIsValid(ConcurrentIndexBuild build, String name) {
        return SqlTemplate.of("offline-index")
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

    /** Writes a row of progress, whoever the script has made of the session. */
    private void record(int number) {
        out.lines("SET LOCAL SESSION AUTHORIZATION :\"mhras_user\";")
                .query("SELECT set_config('role', :'mhras_role', true) AS was_role")
                .query(table.insertProgressBy(
                        step, areRecorded() ? null : script, number, settings.application(), OfflineGuard.HOST));
        recorded = number;
    }

    /** All batches, and a transaction for what follows. */
    QueryMessage runBatches(MigrationScript.Batch batch) {
        SqlStatement statement = new BatchStatement(script, batch).read(SqlStrings.STANDARD);
        // The first one by itself, with the row that says that the others are under way.
        QueryMessage first = begin(null, 0);
        commit(first.add(statement, 1), 1);
        out.lines(SqlTemplate.of("offline-batches")
                .block(Map.of(
                        "pause", Double.toString(batch.pause().toMillis() / 1000.0),
                        "statement", PsqlWriter.quoted("batch", "\n" + statement.text() + "\n"))));
        return begin(null, 0);
    }

    /** psql must not begin a new session: the lock is this one's. */
    @Override
    public @Nullable QueryMessage connect(SqlStatement command, int number, @Nullable QueryMessage open) {
        ScriptPlace place = new ScriptPlace(script, command, 0);
        PsqlConnect connect = new PsqlConnect(place);
        if (segments.inOwnTransaction()) {
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
        out.own(SessionState.discard());
        OfflineGuard.restore(out);
        out.own(limits(script, settings));
        out.lines(assertIsHere(target, command.text()));
        return open == null ? null : new QueryMessage();
    }

    private static String assertIsHere(ConnectTarget target, String command) {
        return SqlTemplate.of("offline-connect")
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
