package io.mhras.migrations.mongodb;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.ClientSession;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.TimedOut;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One step at work without a transaction: each statement is done by itself, and a run that stopped goes on. */
final class JournaledRun {

    private static final Logger log = LoggerFactory.getLogger(JournaledRun.class);

    private final MongoSession session;
    private final MigrationStep step;
    private final MigrationScript script;
    private final Instant began;
    private final Replay replay;
    private final Map<Integer, JournalEntry> earlier;
    private @Nullable JournalStore store;

    JournaledRun(MongoSession session, MigrationStep step) {
        this.session = session;
        this.step = step;
        this.script = Objects.requireNonNull(step.script(), "A step to execute has a script");
        this.began = session.lease().renew();
        HistoryEntry unfinished = step.unfinished();
        if (unfinished == null) {
            this.replay = session.newReplay(began);
            this.earlier = Map.of();
        } else {
            EarlierRun run = EarlierRun.of(session.collections(), unfinished);
            this.replay = run.replay();
            this.store = run.store();
            this.earlier = run.entries();
            log.info("{} goes on where an earlier run stopped", script.name());
        }
    }

    HistoryEntry run() {
        try (ClientSession causal = session.client().startSession();
                ShellCommands server = new ShellCommands(session.client(), causal)) {
            Witness witness = new Witness(session.client());
            StatementJournal journal = new StatementJournal(script, this, server, session.lease(), witness, earlier);
            try {
                session.shell().run(script, journal, replay);
                journal.end();
                session.verify(step, server);
            } catch (ScriptFailure e) {
                throw undo(journal, ScriptReport.of(script, e, progress(journal)));
            } catch (DatabaseUnavailable e) {
                throw e;
            } catch (TimedOut | MongoInterruptedException e) {
                throw undo(journal, interrupted(journal));
            } catch (MigrationException e) {
                throw undo(journal, e);
            }
            return done(journal);
        }
    }

    private HistoryEntry done(StatementJournal journal) {
        Instant now = session.lease().renewSettled();
        NewEvent event = NewEvent.of(step, Duration.between(began, now));
        journal.created().addTo(event.more());
        HistoryEntry entry = session.writer().add(event, now);
        if (store != null) {
            store.delete(session.lease().fence());
        }
        return entry;
    }

    private TimedOut interrupted(StatementJournal journal) {
        ScriptProgress progress = progress(journal);
        return new TimedOut(
                script.name() + " was interrupted; " + progress.kept(),
                progress.isNone() ? "Start again." : "Start again: it goes on there.");
    }

    private ScriptProgress progress(StatementJournal journal) {
        return store == null ? ScriptProgress.NONE : journal.progress();
    }

    /** Records the failure; it matters more than what goes wrong in here. */
    private MigrationException undo(StatementJournal journal, MigrationException failure) {
        Uninterrupted.run(() -> recordFailure(journal, failure));
        return failure;
    }

    private void recordFailure(StatementJournal journal, MigrationException failure) {
        try {
            MongoLease lease = session.lease();
            Instant now = journal.isInDoubt() ? lease.renew() : lease.renewSettled();
            BsonDocument more = new BsonDocument();
            if (store != null) {
                more.append(HistoryDocument.RUN, new BsonInt64(store.run()));
                journal.created().addTo(more);
            }
            session.writer()
                    .add(
                            new NewEvent(
                                    Event.FAILED,
                                    step,
                                    step.scriptName(),
                                    store == null ? null : progress(journal).done(),
                                    Duration.between(began, now),
                                    failure.problem(),
                                    store == null ? session.writer().fingerprint() : "",
                                    more),
                            now);
        } catch (MigrationException e) {
            failure.addSuppressed(e);
        }
    }

    /** The first write is near: from here on there is something to go on with. */
    void begin() {
        if (store == null) {
            BsonDocument more = new BsonDocument(HistoryDocument.SEED, new BsonInt32(replay.seed()))
                    .append(
                            EarlierRun.CLOCK,
                            new BsonDateTime(replay.startedAt().toEpochMilli()));
            KeptTexts.keep(more, "up_script", script);
            HistoryEntry started = session.writer()
                    .add(
                            new NewEvent(Event.STARTED, step, step.scriptName(), 0, Duration.ZERO, null, "", more),
                            session.lease().renew());
            store = new JournalStore(session.collections(), started.id());
        }
    }

    /** Its number. */
    long id() {
        return Objects.requireNonNull(store, "Begun before").run();
    }

    void save(List<JournalEntry> entries) {
        try {
            Objects.requireNonNull(store, "Begun before")
                    .save(entries, script.name(), session.lease().fence());
        } catch (MongoException e) {
            throw failure(e);
        }
    }

    /** Takes a call out of the journal, of which the lease has a note. */
    void forget(int number) {
        try {
            Objects.requireNonNull(store, "Begun before")
                    .forget(number, session.lease().fence());
        } catch (MongoException e) {
            throw failure(e);
        }
    }

    /** What went wrong when we wrote or asked something ourselves. */
    MigrationException failure(MongoException e) {
        return MongoErrors.ofHistory(session.collections(), e);
    }
}
