package io.mhras.migrations.postgresql;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.OfflinePlan;
import io.mhras.migrations.SourceLocation;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan as a script for psql, which does by itself what a run of ours would do: the same catalog, the same history. */
final class OfflineScript {

    private final OfflinePlan plan;
    private final PostgresSettings settings;
    private final List<MigrationStep> steps;
    private final HistoryTable table;
    private final OfflineHistory history;
    private final PsqlWriter out;

    OfflineScript(OfflinePlan plan, PostgresSettings settings, PsqlWriter out) {
        this.plan = plan;
        this.settings = settings;
        this.table = HistoryTable.inVariable(OfflineGuard.SCHEMA, settings.table());
        this.steps = plan.plan().steps();
        this.history = new OfflineHistory(table);
        this.out = out;
    }

    void write() {
        out.lines("-- From " + plan.from() + " on, " + steps.size() + " to do. Made by MHRAS Migrations.");
        out.lines("-- Run it with: psql -v ON_ERROR_STOP=1 -f FILE", "--");
        steps.forEach(step -> out.lines("--   " + step));
        plan.plan().notes().forEach(note -> out.lines("--   note: " + note));
        out.lines("");
        out.lines(new OfflineGuard(plan, settings.schema(), settings.table()).text());
        steps.forEach(this::write);
        out.lines("").query("SELECT pg_advisory_unlock(:mhras_lock) AS unlocked");
    }

    private void write(MigrationStep step) {
        out.lines("", "-- " + step);
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
        OfflineGuard.restore(out);
        out.own(SessionState.discard());
        out.command("echo", step.toString());
        if (isConditional) {
            out.lines("\\endif");
        }
    }

    private void run(MigrationStep step, MigrationScript script) {
        out.lines(new ApplicationName(1, null, 0, script.name()).set() + ";");
        out.query("SELECT extract(epoch FROM clock_timestamp()) AS started");
        OfflineParts parts = new OfflineParts(out, step, settings, table);
        MigrationScript.Batch batch = script.options().batch();
        QueryMessage message = batch == null
                ? new ScriptRunner(out, script, SqlStrings.STANDARD, parts).run()
                : parts.runBatches(batch);
        out.send(message, QuerySender.IGNORE_ROWS);
        MigrationScript verify = step.verify();
        if (verify != null) {
            out.lines("", "-- check: " + verify.name());
            OfflineGuard.restore(out);
            out.own(OfflineParts.limits(verify, settings));
            PsqlCheck check = new PsqlCheck(out, verify);
            check.send(
                    new ScriptRunner(check, verify, SqlStrings.STANDARD, new VerifyCheck(verify, "")).run(),
                    QuerySender.IGNORE_ROWS);
        }
        commit(
                step,
                parts.areRecorded()
                        ? "round((extract(epoch FROM clock_timestamp()) - :mhras_started) * 1000)"
                        : HistoryTable.SINCE_BEGIN);
    }

    /** Writes the step's row, and ends the transaction. */
    private void commit(MigrationStep step, String milliseconds) {
        out.lines("");
        OfflineGuard.restoreUser(out);
        HistoryTable.Later later = new HistoryTable.Later(milliseconds, history.fingerprint(step), OfflineGuard.HOST);
        out.query(table.insert(step, later, settings.application())).lines("COMMIT;");
    }

    /** What psql is to skip it still reads as SQL, and data are none. A repeatable may run once more than it must. */
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
            SqlScript statements = new SqlScript(reader, SqlStrings.STANDARD);
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
