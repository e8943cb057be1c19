package io.mhras.migrations.mongodb.run;

import com.mongodb.client.ClientSession;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.VerificationResult.Outcome;
import io.mhras.migrations.mongodb.MongoSettings.Limits;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.server.ShellCommands;
import io.mhras.migrations.mongodb.shell.MongoShell;
import io.mhras.migrations.mongodb.shell.Replay;
import io.mhras.migrations.mongodb.shell.ScriptFailure;
import io.mhras.migrations.mongodb.shell.ShellHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the checks of applied migrations without the lease: each part of a file in a world of its own, which may only read. */
public final class LaterVerification {

    private final HistoryCollections collections;
    private final Limits limits;
    private final Duration timeout;
    private final Consumer<Check> results;

    /**
     * Of checks within these limits.
     *
     * @param timeout how long an operation may take; zero for no limit
     */
    public LaterVerification(HistoryCollections collections, Limits limits, Duration timeout, Consumer<Check> results) {
        this.collections = collections;
        this.limits = limits;
        this.timeout = timeout;
        this.results = results;
    }

    public void run(List<Migration> migrations) {
        try (MongoShell shell = MongoShell.start(collections.own(), limits)) {
            for (Migration migration : migrations) {
                MigrationScript script = Objects.requireNonNull(migration.verify(), "Only checks are run");
                run(migration.version(), script, shell);
            }
        }
    }

    private void run(MigrationVersion version, MigrationScript script, MongoShell shell) {
        List<CheckPart> parts;
        try {
            shell.validate(script);
            parts = CheckPart.of(script);
        } catch (InvalidMigration e) {
            results.accept(Check.of(version, script.name(), e));
            return;
        }
        for (CheckPart part : parts) {
            long started = System.nanoTime();
            Answer answer = run(version, part, shell);
            results.accept(new Check(
                    version,
                    part.name() == null ? script.name() : part.name(),
                    answer.outcome(),
                    answer.place(),
                    Duration.ofNanos(System.nanoTime() - started),
                    part.name() == null ? null : part.text(),
                    answer.reason()));
        }
    }

    private Answer run(MigrationVersion version, CheckPart part, MongoShell shell) {
        MigrationScript script = part.script();
        SourceLocation place = new SourceLocation(script.location(), part.line(), 0);
        try (ClientSession causal = collections.client().startSession();
                ShellCommands server = new ShellCommands(collections.client(), causal, collections.own(), timeout)) {
            VerifyHost reading = new VerifyHost(script, server);
            ShellHost host = call -> {
                if (call.writes()) {
                    throw new Writes(new SourceLocation(script.location(), call.line(), call.column()));
                }
                return reading.answer(call);
            };
            boolean holds = shell.run(script, host, Replay.begin(Instant.now()), output -> {});
            return holds
                    ? new Answer(Outcome.HOLDS, place, null)
                    : new Answer(Outcome.FAILED, place, "It ends in false.");
        } catch (Writes e) {
            return new Answer(Outcome.SKIPPED, e.place, "writes");
        } catch (ScriptFailure e) {
            SourceLocation failed = new SourceLocation(script.location(), e.line(), e.column());
            return new Answer(Outcome.FAILED, failed, ScriptErrorReport.reason(e));
        } catch (InvalidMigration e) {
            Check failed = Check.of(version, part.title(), e);
            return new Answer(Outcome.FAILED, failed.location(), failed.reason());
        }
    }

    /** What became of a part. */
    private record Answer(
            Outcome outcome,
            @Nullable SourceLocation place,
            @Nullable String reason) {}

    /** Ends a part that would change something. */
    private static final class Writes extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient SourceLocation place;

        Writes(SourceLocation place) {
            super("A check only looks");
            this.place = place;
        }
    }
}
