package io.mhras.migrations.mongodb;

import com.mongodb.client.ClientSession;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationScript.Transaction;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.ScriptPreview;
import io.mhras.migrations.ScriptPreview.Stop;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.MongoSettings.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.jspecify.annotations.Nullable;

/** Runs the scripts of a plan without their writes, and without the lease. */
final class DryRun implements AutoCloseable {

    private final HistoryCollections collections;
    private final Limits limits;
    private final UnwrittenChanges changes;
    private final MongoShell shell;

    private DryRun(HistoryCollections collections, Limits limits) {
        this.collections = collections;
        this.limits = limits;
        this.changes = new UnwrittenChanges(collections.client());
        this.shell = MongoShell.start(collections.database().getName(), limits);
    }

    static MigrationPreview of(MigrationPlan plan, HistoryCollections collections, Limits limits) {
        if (plan.steps().stream().allMatch(step -> step.script() == null)) {
            return new MigrationPreview(plan, List.of());
        }
        try (DryRun run = new DryRun(collections, limits)) {
            plan.steps().forEach(run::check);
            return new MigrationPreview(plan, run.preview(plan));
        }
    }

    /** As it is done before anything runs. */
    private void check(MigrationStep step) {
        Stream.of(step.script(), step.verify()).filter(Objects::nonNull).forEach(script -> {
            if (script.options().transaction() == Transaction.FILE) {
                TransactionSupport.mustBeThere(collections, script);
            }
            shell.check(script);
        });
    }

    private List<ScriptPreview> preview(MigrationPlan plan) {
        List<ScriptPreview> scripts = new ArrayList<>();
        for (MigrationStep step : plan.steps()) {
            MigrationScript script = step.script();
            if (script == null) {
                continue;
            }
            ScriptPreview preview = preview(step, script);
            scripts.add(preview);
            MigrationScript verify = step.verify();
            if (verify != null && preview.stop() == null) {
                preview = preview(step, verify);
                scripts.add(preview);
            }
            Stop stop = preview.stop();
            if (stop != null && stop.isSure()) {
                break;
            }
        }
        return scripts;
    }

    private ScriptPreview preview(MigrationStep step, MigrationScript script) {
        HistoryEntry unfinished = script.equals(step.verify()) ? null : step.unfinished();
        EarlierRun earlier = unfinished == null ? null : EarlierRun.of(collections, unfinished);
        try (ClientSession causal = collections.client().startSession();
                ShellCommands server = new ShellCommands(collections.client(), causal)) {
            DryRunHost host = new DryRunHost(
                    script,
                    collections.database().getName(),
                    server,
                    changes,
                    earlier == null ? EarlierStatements.NONE : withOpenStep(earlier),
                    limits.time());
            Stop stop = run(step, script, host, earlier == null ? Replay.begin() : earlier.replay());
            PreviewedStatements statements = host.statements();
            return new ScriptPreview(step, script, statements.count(), statements.shown(), host.doubt(), stop);
        }
    }

    /** What an earlier run was about to do when it was cut off may stand in the lease alone. */
    private EarlierStatements withOpenStep(EarlierRun earlier) {
        BsonDocument step = MongoLease.openStep(collections);
        BsonInt64 run = new BsonInt64(earlier.store().run());
        if (step != null && run.equals(step.get(HistoryDocument.RUN))) {
            JournalEntry open = JournalEntry.of(step);
            earlier.statements().entries().putIfAbsent(open.number(), open);
        }
        return earlier.statements();
    }

    private @Nullable Stop run(MigrationStep step, MigrationScript script, DryRunHost host, Replay replay) {
        boolean isCheck = script.equals(step.verify());
        try {
            boolean holds = shell.run(script, isCheck ? new CheckHost(script, host) : host, replay);
            host.end();
            return holds || !isCheck
                    ? null
                    : new Stop(SourceLocation.of(script.location()), "it ends in false.", host.doubt() == null);
        } catch (ScriptFailure e) {
            SourceLocation place = new SourceLocation(script.location(), e.line(), e.column());
            return new Stop(place, e.error() + code(e) + ".", host.doubt() == null);
        } catch (InvalidMigration | ScriptFailed e) {
            return Stop.of(e, script, host.doubt() == null);
        }
    }

    private static String code(ScriptFailure e) {
        return e.code() == null ? "" : " (code " + e.code() + ")";
    }

    @Override
    public void close() {
        shell.close();
    }
}
