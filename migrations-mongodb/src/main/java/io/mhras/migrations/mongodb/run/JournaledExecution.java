package io.mhras.migrations.mongodb.run;

import com.mongodb.client.ClientSession;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.TimedOut;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.mongodb.history.HistoryDocument;
import io.mhras.migrations.mongodb.history.NewEvent;
import io.mhras.migrations.mongodb.history.StoredScripts;
import io.mhras.migrations.mongodb.journal.EarlierRun;
import io.mhras.migrations.mongodb.journal.EarlierStatements;
import io.mhras.migrations.mongodb.journal.JournalCursors;
import io.mhras.migrations.mongodb.journal.JournalWriter;
import io.mhras.migrations.mongodb.journal.JournaledStatements;
import io.mhras.migrations.mongodb.journal.RunProgress;
import io.mhras.migrations.mongodb.journal.StatementJournal;
import io.mhras.migrations.mongodb.lease.MongoLease;
import io.mhras.migrations.mongodb.server.ShellCommands;
import io.mhras.migrations.mongodb.shell.Replay;
import io.mhras.migrations.mongodb.shell.ScriptFailure;
import java.time.Duration;
import java.time.Instant;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One step at work without a transaction: each statement is done by itself, and a run that stopped goes on. */
final class JournaledExecution extends StepExecution {

    private static final Logger log = LoggerFactory.getLogger(JournaledExecution.class);

    private final Replay replay;
    private final EarlierStatements earlier;
    private final JournalWriter journal;

    JournaledExecution(MongoSession session, MigrationStep step) {
        super(session, step);
        HistoryEntry unfinished = step.unfinished();
        EarlierRun run = unfinished == null ? null : EarlierRun.of(session.collections(), unfinished);
        this.replay = run == null ? Replay.begin(began) : run.replay();
        this.earlier = run == null ? EarlierStatements.NONE : run.statements();
        this.journal = new JournalWriter(script, session.collections(), session.lease(), run, this::begin);
        if (run != null) {
            log.info("{} goes on where an earlier run stopped", script.name());
        }
    }

    @Override
    protected HistoryEntry execute() {
        try (ClientSession causal = session.client().startSession();
                ShellCommands server = session.commands(causal)) {
            run(server);
            session.verify(step, server);
            return done();
        }
    }

    private void run(ShellCommands server) {
        JournalCursors cursors = new JournalCursors(server);
        JournaledStatements statements =
                new JournaledStatements(script, session.collections(), cursors, journal, this::requireGoing);
        StatementJournal host = new StatementJournal(script, earlier, cursors, statements);
        session.run(step, script, host, replay);
        host.end();
    }

    /** A statement that is sent is finished, and recorded; the next run goes on after it. */
    private void requireGoing() {
        if (session.isStopping()) {
            throw interrupted();
        }
    }

    private HistoryEntry done() {
        Instant now = session.lease().renewSettled();
        NewEvent event = NewEvent.of(step, Duration.between(began, now));
        journal.created().addTo(event.more());
        HistoryEntry entry = session.writer().add(event, now);
        journal.delete();
        return entry;
    }

    @Override
    protected MigrationException report(ScriptFailure e) {
        return ScriptErrorReport.of(script, e, journal.progress());
    }

    @Override
    protected TimedOut interrupted() {
        RunProgress progress = journal.progress();
        return new TimedOut(
                script.name() + " was interrupted; " + progress.kept(),
                progress.isNone() ? "Start again." : "Start again: it goes on there.");
    }

    @Override
    protected void recordFailure(MigrationException failure) {
        MongoLease lease = session.lease();
        Instant now = journal.isInDoubt() ? lease.renew() : lease.renewSettled();
        session.writer().add(failed(failure, Duration.between(began, now)), now);
    }

    private NewEvent failed(MigrationException failure, Duration duration) {
        BsonDocument more = new BsonDocument();
        Long run = journal.run();
        if (run == null) {
            String fingerprint = session.writer().fingerprint();
            return new NewEvent(
                    Event.FAILED, step, step.scriptName(), null, duration, failure.problem(), fingerprint, more);
        }
        more.append(HistoryDocument.RUN, new BsonInt64(run));
        journal.created().addTo(more);
        int done = journal.progress().done();
        return new NewEvent(Event.FAILED, step, step.scriptName(), done, duration, failure.problem(), "", more);
    }

    /** The first write is about to be sent. */
    private long begin() {
        BsonDocument more = new BsonDocument(HistoryDocument.SEED, new BsonInt32(replay.seed()))
                .append(EarlierRun.CLOCK, new BsonDateTime(replay.startedAt().toEpochMilli()));
        StoredScripts.keep(more, "up_script", script);
        NewEvent event = new NewEvent(Event.STARTED, step, step.scriptName(), 0, Duration.ZERO, null, "", more);
        return session.writer().add(event, session.lease().renew()).id();
    }
}
