package io.mhras.migrations.mongodb.run;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationHistory.KeptScripts;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationScript.Transaction;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.MongoSettings.Limits;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.HistoryDocument;
import io.mhras.migrations.mongodb.history.HistoryErrors;
import io.mhras.migrations.mongodb.history.HistoryWriter;
import io.mhras.migrations.mongodb.history.JournalProgress;
import io.mhras.migrations.mongodb.history.MigratingProcess;
import io.mhras.migrations.mongodb.history.MongoCleaner;
import io.mhras.migrations.mongodb.history.MongoHistory;
import io.mhras.migrations.mongodb.history.NewEvent;
import io.mhras.migrations.mongodb.journal.JournalStore;
import io.mhras.migrations.mongodb.lease.AbandonedTransaction;
import io.mhras.migrations.mongodb.lease.LeaseKeeper;
import io.mhras.migrations.mongodb.lease.MongoActivity;
import io.mhras.migrations.mongodb.lease.MongoLease;
import io.mhras.migrations.mongodb.server.RunningOperations;
import io.mhras.migrations.mongodb.server.ShellCommands;
import io.mhras.migrations.mongodb.server.Uninterrupted;
import io.mhras.migrations.mongodb.shell.MongoShell;
import io.mhras.migrations.mongodb.shell.Replay;
import io.mhras.migrations.mongodb.shell.ScriptFailure;
import io.mhras.migrations.mongodb.shell.ShellHost;
import io.mhras.migrations.text.VisibleText;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that holds the lease. */
public final class MongoSession implements MigrationSession {

    private static final Logger log = LoggerFactory.getLogger(MongoSession.class);

    private final HistoryCollections collections;
    private final MongoHistory history;
    private final HistoryWriter writer;
    private final MongoLease lease;
    private final LeaseKeeper keeper;
    private final Observer observer;
    private final Limits limits;
    private @Nullable MongoShell shell;
    private boolean isCleaned;
    private volatile boolean isStopping;
    private volatile @Nullable ClientSession working;

    public MongoSession(
            HistoryCollections collections,
            MongoLease lease,
            MigratingProcess holder,
            LeaseKeeper keeper,
            Observer observer,
            Limits limits) {
        this.collections = collections;
        this.history = new MongoHistory(collections);
        this.writer = new HistoryWriter(collections, holder, history.newest().orElse(null));
        this.lease = lease;
        this.keeper = keeper;
        this.observer = observer;
        this.limits = limits;
    }

    /** The intent of an earlier holder of the lease must not be lost. */
    public void keepOpenNote() {
        try {
            BsonDocument note = MongoLease.openNote(collections);
            if (note != null && note.containsKey(HistoryDocument.RUN)) {
                JournalStore.keep(note, collections, lease.fence());
            } else if (note != null) {
                AbandonedTransaction.end(note, client());
            }
            lease.renewSettled();
            JournalStore.keepOnly(collections, history::openRuns, lease.fence());
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    MongoClient client() {
        return collections.client();
    }

    HistoryCollections collections() {
        return collections;
    }

    MongoHistory history() {
        return history;
    }

    HistoryWriter writer() {
        return writer;
    }

    MongoLease lease() {
        return lease;
    }

    /** What a script sends; from now on it is this that can be cancelled. */
    ShellCommands commands(ClientSession causal) {
        working = causal;
        return new ShellCommands(client(), causal, collections.own());
    }

    /** Started with the first script: the engine takes seconds to load. */
    private MongoShell shell() {
        MongoShell made = shell;
        if (made == null) {
            lease.renewFor(new BsonDocument(MongoActivity.PHASE, new BsonString("the JavaScript engine is loading")));
            made = MongoShell.start(collections.own(), limits);
            shell = made;
        }
        return made;
    }

    /** Runs a script of this step, or its check. */
    boolean run(MigrationStep step, MigrationScript script, ShellHost host, Replay replay) {
        return shell().run(script, host, replay, said -> observer.onOutput(step, said));
    }

    @Override
    public Optional<HistoryEntry> newest() {
        return history.newest();
    }

    @Override
    public List<HistoryEntry> entries() {
        return history.entries();
    }

    @Override
    public Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions) {
        return history.scripts(versions);
    }

    @Override
    public List<HistoryEntry> inDoubt() {
        return history.inDoubt();
    }

    @Override
    public void prepare(List<MigrationStep> steps) {
        steps.stream()
                .flatMap(step -> Stream.ofNullable(step.script()))
                .filter(MongoSession::wantsTransaction)
                .findFirst()
                .ifPresent(script -> TransactionSupport.require(collections, script));
        steps.stream()
                .flatMap(step -> Stream.concat(Stream.ofNullable(step.script()), Stream.ofNullable(step.verify())))
                .forEach(script -> shell().validate(script));
    }

    private static boolean wantsTransaction(MigrationScript script) {
        return script.options().transaction() == Transaction.FILE;
    }

    @Override
    public HistoryEntry execute(MigrationStep step) {
        keeper.begin();
        try {
            return StepExecution.of(this, step).run();
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        } finally {
            keeper.end();
        }
    }

    /** Runs the step's check: it holds if it runs to its end and the result is not {@code false}. */
    void verify(MigrationStep step, ShellHost server) {
        MigrationScript verify = step.verify();
        if (verify == null) {
            return;
        }
        CheckPart.of(verify).forEach(part -> verify(step, part, server));
    }

    private void verify(MigrationStep step, CheckPart part, ShellHost server) {
        MigrationScript verify = part.script();
        boolean holds;
        try {
            holds = run(step, verify, new VerifyHost(verify, server), Replay.begin(lease.renew()));
        } catch (ScriptFailure e) {
            throw ScriptErrorReport.ofVerify(part, e);
        }
        if (!holds) {
            throw new ScriptFailed(
                    "The check " + part.title() + " does not hold: it ends in false.",
                    part.name() == null
                            ? SourceLocation.of(verify.location())
                            : new SourceLocation(verify.location(), part.line(), 0),
                    null,
                    "Correct the migration or its check, and start again.",
                    null);
        }
    }

    @Override
    public List<HistoryEntry> record(List<MigrationStep> steps) {
        try {
            // Before checking the lease: what another holder adds after that must conflict.
            HistoryEntry newest = history.newest().orElse(null);
            Instant now = lease.renew();
            List<NewEvent> events = steps.stream().map(this::event).toList();
            List<HistoryEntry> entries = events.size() > 1 && TransactionSupport.isThere(collections)
                    ? addInTransaction(events, now, newest)
                    : writer.add(events, now, null);
            for (MigrationStep step : steps) {
                if (step.unfinished() != null && step.event() != Event.REPAIRED) {
                    new JournalStore(collections, history.run(step.unfinished())).delete(lease.fence());
                }
            }
            return entries;
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    private NewEvent event(MigrationStep step) {
        HistoryEntry unfinished = step.unfinished();
        if (step.event() != Event.REPAIRED || unfinished == null) {
            return NewEvent.of(step, Duration.ZERO);
        }
        long run = history.run(unfinished);
        new JournalStore(collections, run).takeAsDone(lease.fence());
        JournalProgress progress = new JournalProgress(collections, run);
        if (progress.asksForRepair()) {
            throw HistoryErrors.lostLock(collections);
        }
        return new NewEvent(
                Event.REPAIRED,
                step,
                unfinished.script(),
                progress.done(),
                Duration.ZERO,
                null,
                "",
                new BsonDocument(HistoryDocument.RUN, new BsonInt64(run)));
    }

    private List<HistoryEntry> addInTransaction(List<NewEvent> events, Instant now, @Nullable HistoryEntry newest) {
        TransactionSupport.makeHistory(collections);
        try (ClientSession transaction = client().startSession()) {
            return transaction.withTransaction(
                    () -> {
                        writer.goBackTo(newest);
                        return writer.add(events, now, transaction);
                    },
                    TransactionalExecution.OPTIONS);
        }
    }

    /** Adds events in a transaction. */
    List<HistoryEntry> addIn(ClientSession transaction, List<NewEvent> events, Instant now) {
        return writer.add(events, now, transaction);
    }

    @Override
    public boolean isBlank() {
        try {
            return new MongoCleaner(collections).findsNothing();
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    @Override
    public List<String> clean() {
        try {
            MongoCleaner cleaner = new MongoCleaner(collections);
            List<String> found = cleaner.find();
            List<String> others = cleaner.others();
            BsonDocument note = new BsonDocument("script", new BsonString("clean"));
            cleaner.dropAllBut(collections.lock(), found, () -> lease.renewFor(note));
            isCleaned = true;
            if (!others.isEmpty()) {
                log.warn("Left, since no migration created it: {}", VisibleText.of(String.join(", ", others)));
            }
            return found.stream().map(name -> "collection " + name).toList();
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    /** Whether no further statement is to be sent. */
    boolean isStopping() {
        return isStopping;
    }

    @Override
    public void stop(Stop how) {
        isStopping = true;
        ClientSession current = working;
        if (how == Stop.CANCEL && current != null) {
            RunningOperations.endIn(current, client());
        }
    }

    @Override
    public void close() {
        Uninterrupted.run(() -> {
            keeper.close();
            if (shell != null) {
                shell.close();
            }
            if (isCleaned) {
                lease.discard();
            } else {
                lease.release();
            }
        });
    }
}
