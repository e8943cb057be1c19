package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.history.PostgresHistory;
import io.mhras.migrations.postgresql.sql.BatchStatement;
import io.mhras.migrations.postgresql.sql.SqlComparison;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that stopped in the middle of a script.
 *
 * @param done how many of its statements were done
 */
record EarlierRun(MigrationStep step, MigrationScript script, HistoryEntry unfinished, int done) {

    private static final Logger log = LoggerFactory.getLogger(EarlierRun.class);

    /** Resumes after it, if what it has done is still what the script says. */
    void goOn(PostgresHistory history, SqlLexer.Strings strings) {
        String ran = history.startedScript(unfinished);
        if (ran == null
                && step.event() == Event.APPLIED
                && !unfinished.checksum().equals(step.migration().checksum())) {
            throw new InvalidMigration(
                    "an earlier run stopped after statement " + done
                            + ", and the file was changed since; it is too long to tell where.",
                    SourceLocation.of(script.location()),
                    "Put it back as it was.");
        }
        if (script.options().batch() != null || (ran != null && BatchStatement.isIn(ran))) {
            BatchStatement.refuseToMix(script, ran);
            return;
        }
        SqlStatement changed =
                ran == null ? null : new SqlComparison(ran, script.text(), strings).firstDifference(done);
        if (changed != null) {
            throw new InvalidMigration(
                    "this statement has run already, in an earlier run that stopped after statement " + done
                            + ", and was changed since.",
                    changed.position().in(script),
                    "Put it back as it was. What comes after statement " + done + " may be changed.");
        }
        log.info("{} goes on after statement {}, where an earlier run stopped", script.name(), done);
    }
}
