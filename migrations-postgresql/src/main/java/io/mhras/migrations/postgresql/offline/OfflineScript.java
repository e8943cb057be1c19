package io.mhras.migrations.postgresql.offline;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.OfflinePlan;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.history.HistoryTable;
import io.mhras.migrations.postgresql.run.ScriptRunner;
import io.mhras.migrations.postgresql.run.Verification;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlScript;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.ApplicationName;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender;
import io.mhras.migrations.postgresql.wire.ServerSession;
import io.mhras.migrations.postgresql.wire.ServerSession.InitialSettings;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan as a script for psql, which does by itself what a run of ours would do: the same catalog, the same history. */
public final class OfflineScript {

    private final OfflinePlan plan;
    private final OfflinePreamble guard;
    private final InitialSettings settings;
    private final List<MigrationStep> steps;
    private final OfflineHistory history;
    private final HistoryTable table;
    private final String application;
    private final PsqlWriter out;

    /**
     * A script for one history.
     *
     * @param schema the history's schema, which is also what comes first in the search_path of scripts; null for the
     *     connection's own
     * @param application what the history calls the service
     */
    public OfflineScript(
            OfflinePlan plan,
            @Nullable String schema,
            String table,
            String application,
            Duration lockTimeout,
            Duration statementTimeout,
            PsqlWriter out) {
        this.plan = plan;
        this.guard = new OfflinePreamble(plan, schema, table);
        this.settings =
                new InitialSettings(lockTimeout, statementTimeout, schema == null ? null : OfflinePreamble.SEARCH_PATH);
        this.steps = plan.plan().steps();
        this.table = HistoryTable.inVariable(OfflinePreamble.SCHEMA, table);
        this.history = new OfflineHistory(this.table);
        this.application = application;
        this.out = out;
    }

    public void write() {
        out.comment("From " + plan.from() + " on, " + steps.size() + " to do. Made by MHRAS Migrations.");
        out.comment("Run it with: psql -v ON_ERROR_STOP=1 -f FILE").comment("");
        steps.forEach(step -> out.comment("  " + step));
        plan.plan().notes().forEach(note -> out.comment("  note: " + note));
        out.lines("");
        out.lines(guard.text());
        steps.forEach(this::write);
        out.lines("").query("SELECT pg_advisory_unlock(:mhras_lock) AS unlocked");
    }

    private void write(MigrationStep step) {
        out.lines("").comment(step.toString());
        boolean isConditional = step.migration().isRepeatable() && !alwaysRuns(step);
        if (isConditional) {
            MigrationStep last = steps.get(steps.size() - 1);
            out.query("SELECT " + history.wants(step, last) + " AS wanted").lines("\\if :mhras_wanted");
        }
        MigrationScript script = step.script();
        if (script == null) {
            out.lines("BEGIN;");
            commit(step, HistoryTable.SINCE_BEGIN);
        } else {
            run(step, script);
        }
        OfflinePreamble.restore(out);
        out.own(ServerSession.discard());
        out.command("echo", step.toString());
        if (isConditional) {
            out.lines("\\endif");
        }
    }

    private void run(MigrationStep step, MigrationScript script) {
        out.lines(new ApplicationName(1, null, 0, script.name()).set() + ";");
        out.query("SELECT extract(epoch FROM clock_timestamp()) AS started");
        OfflineTransactions parts = new OfflineTransactions(out, step, settings, table, application);
        MigrationScript.Batch batch = script.options().batch();
        QueryMessage message = batch == null
                ? new ScriptRunner(out, script, SqlLexer.Strings.STANDARD, parts).run()
                : parts.runBatches(batch);
        out.send(message, QuerySender.IGNORE_ROWS);
        MigrationScript verify = step.verify();
        if (verify != null) {
            out.lines("").comment("check: " + verify.name());
            OfflinePreamble.restore(out);
            out.own(settings.set(verify));
            OfflineVerification verification = new OfflineVerification(out, verify);
            verification.send(
                    new ScriptRunner(verification, verify, SqlLexer.Strings.STANDARD, new Verification(verify, ""))
                            .run(),
                    QuerySender.IGNORE_ROWS);
        }
        commit(
                step,
                parts.progress().isRecorded()
                        ? "round((extract(epoch FROM clock_timestamp()) - :mhras_started) * 1000)"
                        : HistoryTable.SINCE_BEGIN);
    }

    /** Writes the step's row, and ends the transaction. */
    private void commit(MigrationStep step, String milliseconds) {
        out.lines("");
        OfflinePreamble.restoreUser(out);
        HistoryTable.Later later =
                new HistoryTable.Later(milliseconds, history.fingerprint(step), OfflinePreamble.HOST);
        out.query(table.insert(step, later, application)).lines("COMMIT;");
    }

    /** psql reads even what it skips as SQL, which data are not. A repeatable may run once more than it has to. */
    private static boolean alwaysRuns(MigrationStep step) {
        boolean holdsData = holdsCopyData(step.script()) || holdsCopyData(step.verify());
        if (holdsData && step.event() == Event.ROLLED_BACK) {
            throw new InvalidMigration(
                    "psql cannot decide whether to take this back: COPY data stand in it.",
                    SourceLocation.of(step.scriptName()),
                    "Write INSERT in place of COPY, or let 'migrations rollback' do it.");
        }
        return holdsData;
    }

    private static boolean holdsCopyData(@Nullable MigrationScript script) {
        if (script == null) {
            return false;
        }
        try (Reader reader = script.open()) {
            SqlScript statements = new SqlScript(reader, SqlLexer.Strings.STANDARD);
            for (SqlStatement next = statements.next(); next != null; next = statements.next()) {
                if (next.kind() == SqlStatement.Kind.COPY_FROM_STDIN) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw InvalidMigration.unreadable(script.location(), e);
        }
    }
}
