package io.mhras.migrations.mongodb.preview;

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
import io.mhras.migrations.ScriptStop;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.MongoSettings.Limits;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.HistoryDocument;
import io.mhras.migrations.mongodb.journal.EarlierRun;
import io.mhras.migrations.mongodb.journal.EarlierStatements;
import io.mhras.migrations.mongodb.journal.JournalEntry;
import io.mhras.migrations.mongodb.lease.MongoLease;
import io.mhras.migrations.mongodb.run.TransactionSupport;
import io.mhras.migrations.mongodb.run.VerifyHost;
import io.mhras.migrations.mongodb.server.ShellCommands;
import io.mhras.migrations.mongodb.shell.MongoShell;
import io.mhras.migrations.mongodb.shell.Replay;
import io.mhras.migrations.mongodb.shell.ScriptFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.jspecify.annotations.Nullable;

/** Runs the scripts of a plan without their writes, and without the lease. */
public final class ScriptPreviewer implements AutoCloseable {

    private final HistoryCollections collections;
    private final Limits limits;
    private final UnwrittenChanges changes;
    private final MongoShell shell;

    private ScriptPreviewer(HistoryCollections collections, Limits limits) {
        this.collections = collections;
        this.limits = limits;
        this.changes = new UnwrittenChanges(collections.client());
        this.shell = MongoShell.start(collections.own(), limits);
    }

    public static MigrationPreview of(MigrationPlan plan, HistoryCollections collections, Limits limits) {
        if (plan.steps().stream().allMatch(step -> step.script() == null)) {
            return new MigrationPreview(plan, List.of());
        }
        try (ScriptPreviewer run = new ScriptPreviewer(collections, limits)) {
            plan.steps().forEach(run::validate);
            return new MigrationPreview(plan, run.preview(plan));
        }
    }

    /** As it is done before anything runs. */
    private void validate(MigrationStep step) {
        Stream.of(step.script(), step.verify()).filter(Objects::nonNull).forEach(script -> {
            if (script.options().transaction() == Transaction.FILE) {
                TransactionSupport.mustBeThere(collections, script);
            }
            shell.validate(script);
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
            ScriptStop stop = preview.stop();
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
                ShellCommands server = new ShellCommands(collections.client(), causal, collections.own())) {
            PreviewHost host = new PreviewHost(
                    script,
                    collections.own(),
                    server,
                    changes,
                    earlier == null ? EarlierStatements.NONE : withOpenNote(earlier),
                    limits.time());
            ScriptStop stop = run(step, script, host, earlier == null ? Replay.begin(Instant.now()) : earlier.replay());
            PreviewedStatements statements = host.statements();
            return new ScriptPreview(step, script, statements.count(), statements.shown(), host.doubt(), stop);
        }
    }

    /** The intent of an earlier run that was cut off may be in the lease alone. */
    private EarlierStatements withOpenNote(EarlierRun earlier) {
        BsonDocument note = MongoLease.openNote(collections);
        BsonInt64 run = new BsonInt64(earlier.store().run());
        if (note != null && run.equals(note.get(HistoryDocument.RUN))) {
            JournalEntry open = JournalEntry.of(note);
            earlier.statements().entries().putIfAbsent(open.number(), open);
        }
        return earlier.statements();
    }

    private @Nullable ScriptStop run(MigrationStep step, MigrationScript script, PreviewHost host, Replay replay) {
        boolean isVerify = script.equals(step.verify());
        try {
            // What it prints reports what a run did, and this is not a run.
            boolean holds = shell.run(script, isVerify ? new VerifyHost(script, host) : host, replay, output -> {});
            host.end();
            return holds || !isVerify
                    ? null
                    : new ScriptStop(SourceLocation.of(script.location()), "it ends in false.", host.doubt() == null);
        } catch (ScriptFailure e) {
            SourceLocation place = new SourceLocation(script.location(), e.line(), e.column());
            return new ScriptStop(place, e.error() + code(e) + ".", host.doubt() == null);
        } catch (InvalidMigration | ScriptFailed e) {
            return ScriptStop.of(e, script, host.doubt() == null);
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
