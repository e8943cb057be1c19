package io.mhras.migrations.engine;

import io.mhras.migrations.DriftResult;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationResult.Operation;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.ScriptOutput;
import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.text.VisibleText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes a run to the log: one line per migration, one line when up to date, a summary line. */
final class MigrationLog implements MigrationListener {

    private static final Logger log = LoggerFactory.getLogger(Migrator.class);
    private static final long LOG_EVERY_NANOS = 10_000_000_000L;

    private volatile long lastLine;

    @Override
    public void onPlan(MigrationPlan plan, Operation operation) {
        log.atInfo()
                .addKeyValue("database", plan.database())
                .log("Migrations of {}: {} to {}", plan.database(), plan.steps().size(), operation.verb());
    }

    @Override
    public void onStep(String database, MigrationStep step) {
        lastLine = System.nanoTime();
    }

    @Override
    public void onActivity(String database, MigrationActivity activity) {
        if (System.nanoTime() - lastLine >= LOG_EVERY_NANOS) {
            lastLine = System.nanoTime();
            log.info("Migrations of {}: {}", database, MigrationPrinter.activity(activity));
        }
    }

    @Override
    public void onOutput(String database, MigrationStep step, ScriptOutput output) {
        Level level = switch (output.level()) {
            case NOTICE -> Level.DEBUG;
            case PRINTED -> Level.INFO;
            case WARNING -> Level.WARN;
        };
        log.atLevel(level).log("{}: {}", step.scriptName(), VisibleText.of(output.text()));
    }

    @Override
    public void onStepDone(String database, MigrationStep step, HistoryEntry entry) {
        log.atInfo()
                .addKeyValue("database", database)
                .addKeyValue("version", entry.version())
                .addKeyValue("event", entry.event())
                .addKeyValue("duration_ms", entry.duration().toMillis())
                .log(
                        "{} {} ({}) in {} ms",
                        entry.event().past(),
                        step.migration().title(),
                        entry.script(),
                        entry.duration().toMillis());
    }

    @Override
    public void onVerified(VerificationResult result) {
        log.atLevel(result.failed().isEmpty() ? Level.INFO : Level.WARN)
                .addKeyValue("database", result.database())
                .addKeyValue("duration_ms", result.duration().toMillis())
                .log("Checks of {}: {}", result.database(), result.summary());
        for (String note : result.notes()) {
            log.warn("Checks of {}: {}", result.database(), VisibleText.of(note));
        }
    }

    @Override
    public void onDrift(DriftResult result) {
        log.atLevel(result.state() == DriftResult.State.DRIFTED ? Level.WARN : Level.INFO)
                .addKeyValue("database", result.database())
                .addKeyValue("drift", result.state())
                .log("Structure of {}: {}", result.database(), VisibleText.of(result.explanation()));
    }

    @Override
    public void onDone(MigrationResult result) {
        for (String note : result.notes()) {
            log.warn("Migrations of {}: {}", result.database(), VisibleText.of(note));
        }
        var line = log.atInfo()
                .addKeyValue("database", result.database())
                .addKeyValue("count", result.events().size())
                .addKeyValue("duration_ms", result.duration().toMillis());
        if (result.isUpToDate()) {
            line.log(
                    "Migrations of {}: up to date ({} ms)",
                    result.database(),
                    result.duration().toMillis());
        } else {
            line.log(
                    "Migrations of {}: {} done in {} ms",
                    result.database(),
                    result.events().size(),
                    result.duration().toMillis());
        }
    }
}
