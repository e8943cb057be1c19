package io.mhras.migrations.mongodb.run;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.TimedOut;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.history.HistoryErrors;
import io.mhras.migrations.mongodb.history.HistoryWriter;
import io.mhras.migrations.mongodb.history.NewEvent;
import io.mhras.migrations.mongodb.server.MongoErrors;
import io.mhras.migrations.mongodb.server.ShellCommands;
import io.mhras.migrations.mongodb.server.TransactionEnd;
import io.mhras.migrations.mongodb.server.Uninterrupted;
import io.mhras.migrations.mongodb.shell.Replay;
import io.mhras.migrations.mongodb.shell.ScriptFailure;
import io.mhras.migrations.mongodb.shell.ShellHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.bson.BsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One step at work in a transaction: its script, its check, and its event in the history, all of it or nothing. */
final class TransactionalExecution extends StepExecution {

    private static final Logger log = LoggerFactory.getLogger(TransactionalExecution.class);

    /**
     * The server takes {@code create} and {@code createIndexes} only with the read concern local (manual, "Read Concern
     * local and Transactions"; error 72). On a replica set the transaction sees a snapshot nevertheless.
     */
    static final TransactionOptions OPTIONS = TransactionOptions.builder()
            .readPreference(ReadPreference.primary())
            .readConcern(ReadConcern.LOCAL)
            .writeConcern(WriteConcern.MAJORITY)
            .build();

    private static final int MAX_ATTEMPTS = 8;
    private static final long FIRST_PAUSE_MS = 100;

    TransactionalExecution(MongoSession session, MigrationStep step) {
        super(session, step);
    }

    @Override
    protected HistoryEntry execute() {
        for (int attempt = 1; ; attempt++) {
            long started = System.nanoTime();
            try {
                return attempt();
            } catch (TransactionUndone e) {
                pause(attempt, e.error(), Duration.ofNanos(System.nanoTime() - started));
                session.writer().goBackTo(session.history().newest().orElse(null));
            }
        }
    }

    @Override
    protected MigrationException report(ScriptFailure e) {
        return ScriptErrorReport.ofTransaction(script, e);
    }

    @Override
    protected TimedOut interrupted() {
        return new TimedOut(script.name() + " was interrupted; nothing of it was kept.", "Start again.");
    }

    /** The server aborts one of two conflicting transactions, and that one may begin again. */
    private void pause(int attempt, MongoException e, Duration ran) {
        Duration lifetime =
                TransactionEnd.mayBeOverTime(e) ? TransactionSupport.lifetime(session.client()) : Duration.ZERO;
        TransactionEnd end = TransactionEnd.of(e, ran, lifetime);
        if (attempt == MAX_ATTEMPTS || !end.mayBeTriedAgain()) {
            throw failure(end, attempt, e, ran, lifetime);
        }
        if (session.isStopping()) {
            throw interrupted();
        }
        log.info("{} begins again. {}: {}", script.name(), end.what(), MongoErrors.message(e));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(FIRST_PAUSE_MS << (attempt - 1)) + 1);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new TimedOut("The migration was interrupted.", "Start again.");
        }
    }

    private MigrationException failure(
            TransactionEnd end, int attempts, MongoException e, Duration ran, Duration lifetime) {
        if (end == TransactionEnd.CUT_OFF) {
            return MongoErrors.ofConnection(e);
        }
        String more = end == TransactionEnd.OVER_TIME
                ? "\n  It ran for " + ran.toSeconds() + " s; the limit is " + lifetime.toSeconds() + " s."
                : attempts == 1 ? "" : "\n  Tried " + attempts + " times.";
        return new MigrationException.ScriptFailed(
                script.name() + " failed; nothing of it was kept.\n  " + end.what() + ": " + MongoErrors.message(e)
                        + more,
                SourceLocation.of(script.location()),
                Integer.toString(e.getCode()),
                end.remedy(),
                e);
    }

    private HistoryEntry attempt() {
        try (ClientSession transaction = session.client().startSession();
                ShellCommands server = session.commands(transaction)) {
            transaction.startTransaction(OPTIONS);
            try {
                TransactionHost host = host(script, server, transaction);
                session.run(step, script, host, Replay.begin(began));
                host.end();
                verify(server, transaction);
                return commit(transaction, host);
            } finally {
                if (transaction.hasActiveTransaction()) {
                    Uninterrupted.run(() -> abort(transaction));
                }
            }
        }
    }

    private TransactionHost host(MigrationScript any, ShellHost server, ClientSession transaction) {
        return new TransactionHost(any, server, session.collections(), session.lease(), transaction);
    }

    /** The check is in the transaction too: what ends it there ends the whole. */
    private void verify(ShellCommands server, ClientSession transaction) {
        MigrationScript check = step.verify();
        if (check != null) {
            TransactionHost host = host(check, server, transaction);
            session.verify(step, host);
            host.end();
        }
    }

    private HistoryEntry commit(ClientSession transaction, TransactionHost host) {
        Instant now = session.lease().renewSettled();
        NewEvent event = NewEvent.of(step, Duration.between(began, now));
        host.created().addTo(event.more());
        HistoryEntry entry = null;
        try {
            entry = session.addIn(transaction, List.of(event), now).get(0);
            commit(transaction);
        } catch (MongoException e) {
            if (TransactionEnd.isToldBy(e)) {
                throw new TransactionUndone(e);
            }
            // The answer may be what was lost.
            if (entry == null
                    || session.history().newest().filter(entry::equals).isEmpty()) {
                throw HistoryErrors.of(session.collections(), e);
            }
        }
        return entry;
    }

    /** A commit may be sent again: the server knows what it has committed. */
    private static void commit(ClientSession transaction) {
        try {
            transaction.commitTransaction();
        } catch (MongoException e) {
            if (!e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)) {
                throw e;
            }
            transaction.commitTransaction();
        }
    }

    private static void abort(ClientSession transaction) {
        try {
            transaction.abortTransaction();
        } catch (MongoException e) {
            log.debug("The server undoes the transaction by itself", e);
        }
    }

    @Override
    protected void recordFailure(MigrationException failure) {
        HistoryWriter writer = session.writer();
        // Before checking the lease: what another holder adds after that must conflict.
        writer.goBackTo(session.history().newest().orElse(null));
        Instant now = session.lease().renewSettled();
        writer.add(
                new NewEvent(
                        Event.FAILED,
                        step,
                        step.scriptName(),
                        null,
                        Duration.between(began, now),
                        failure.problem(),
                        writer.fingerprint(),
                        new BsonDocument()),
                now);
    }
}
