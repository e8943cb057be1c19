package io.mhras.migrations.mongodb.journal;

import com.mongodb.MongoException;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.HistoryErrors;
import io.mhras.migrations.mongodb.history.StatementState;
import io.mhras.migrations.mongodb.server.CollectionCatalog;
import io.mhras.migrations.mongodb.server.MongoErrors;
import io.mhras.migrations.mongodb.server.RefusedWrite;
import io.mhras.migrations.mongodb.server.RunningOperations;
import io.mhras.migrations.mongodb.shell.ShellCall;
import java.util.function.Supplier;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the statements of a script without a transaction.
 *
 * <p>Before each write its intent goes into the lease, by the same update that proves that the lease is still held;
 * after the write its answer goes into the journal.
 */
public final class JournaledStatements implements StatementHost {

    private static final Logger log = LoggerFactory.getLogger(JournaledStatements.class);

    private final MigrationScript script;
    private final HistoryCollections collections;
    private final JournalCursors server;
    private final JournalWriter journal;
    private final CollectionCatalog catalog;
    private final BeforeImages images;
    private final Runnable beforeEach;

    /**
     * Statements of a script.
     *
     * @param beforeEach is called before one of them is sent, and may end the script there
     */
    public JournaledStatements(
            MigrationScript script,
            HistoryCollections collections,
            JournalCursors server,
            JournalWriter journal,
            Runnable beforeEach) {
        this.script = script;
        this.collections = collections;
        this.server = server;
        this.journal = journal;
        this.catalog = new CollectionCatalog(collections.client());
        this.images = new BeforeImages(catalog);
        this.beforeEach = beforeEach;
    }

    @Override
    public BsonValue send(JournalEntry entry, ShellCall call) {
        beforeEach.run();
        return call.writes() ? write(entry, call) : read(entry, call);
    }

    private BsonValue read(JournalEntry entry, ShellCall call) {
        try {
            BsonValue answer = server.answer(entry.number(), call);
            journal.addPending(entry.answered(answer));
            return answer;
        } catch (MongoException e) {
            if (MongoErrors.leavesOpenWhatHappened(e)) {
                throw MongoErrors.ofConnection(e);
            }
            journal.addPending(entry.refused(e));
            throw e;
        }
    }

    private BsonValue write(JournalEntry entry, ShellCall call) {
        journal.savePending();
        JournalEntry seen = entry.with(look(() -> images.look(call)));
        journal.note(seen);
        return new SentStatement(seen, call).send(call, null);
    }

    @Override
    public BsonValue settle(JournalEntry old, ShellCall call) {
        JournalEntry same = JournalEntry.of(old.number(), call).with(old.before());
        SentStatement statement = new SentStatement(same, call);
        if (!call.writes()) {
            throw statement.asksForRead();
        }
        Verdict verdict = look(() -> {
            RunningOperations.awaitEndOn(call.namespace(), collections.client());
            return new InDoubtStatement(catalog, images).settle(old, call);
        });
        if (verdict instanceof Verdict.Done done) {
            return statement.done(done.answer());
        }
        if (verdict instanceof Verdict.Send send) {
            return statement.sendAgain(send.call(), send.told());
        }
        throw statement.asks(((Verdict.Ask) verdict).why());
    }

    /** The script must not see errors of our own queries. */
    private <T> T look(Supplier<T> question) {
        try {
            return question.get();
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    /** One write on its way. */
    private final class SentStatement {

        private final JournalEntry entry;
        private final ShellCall call;

        SentStatement(JournalEntry entry, ShellCall call) {
            this.entry = entry;
            this.call = call;
        }

        BsonValue done(BsonValue answer) {
            journal.done(entry.answered(answer));
            return answer;
        }

        /** @param told the answer for the script; null for the server's own */
        BsonValue sendAgain(ShellCall again, @Nullable BsonValue told) {
            journal.note(entry);
            // The intent has it from here on; if the server refuses it, and no part of it is there, it may be changed.
            if (again.equals(call)) {
                journal.forget(entry);
            } else {
                log.info("{}, line {}: a part of it is there already; the rest is sent", script.name(), call.line());
            }
            return send(again, told);
        }

        private BsonValue send(ShellCall sent, @Nullable BsonValue told) {
            BsonValue answer;
            try {
                answer = server.answer(entry.number(), sent);
            } catch (MongoException e) {
                throw refused(sent, e);
            } catch (BSONException | IllegalArgumentException e) {
                // The driver did not send it.
                journal.notSent(!sent.equals(call));
                throw e;
            }
            if (RefusedWrite.isIn(answer, call)) {
                log.warn(
                        "{}, line {}: the answer of {} has write errors; as in mongosh, the script goes on",
                        script.name(),
                        call.line(),
                        call.name());
                refused(entry.answered(answer), RefusedWrite.mayBeDoneInPart(call, answer.asDocument()));
                return answer;
            }
            return done(told == null ? answer : told);
        }

        private RuntimeException refused(ShellCall sent, MongoException e) {
            if (MongoErrors.leavesOpenWhatHappened(e)) {
                return MongoErrors.ofConnection(e);
            }
            refused(entry.refused(e), !sent.equals(call) || RefusedWrite.mayBeDoneInPart(sent, e));
            return e;
        }

        private void refused(JournalEntry answered, boolean mayBeDoneInPart) {
            if (mayBeDoneInPart) {
                journal.refusedInPart(answered, entry.refusedInPart());
            } else {
                images.forget(call);
                journal.refused(answered.with(new BsonDocument()));
            }
        }

        MigrationException asks(String why) {
            journal.asks(entry.with(StatementState.ASKS));
            String refused =
                    entry.isRefusedInPart() ? "The server refused a part of it, and may have done another part. " : "";
            return stop(
                    "an earlier run was cut off in the middle of it, and it cannot be told whether it was done.",
                    "\n  " + refused + why,
                    "Look at " + call.namespace()
                            + " in mongosh. If the statement was not done, or only in part, do the rest of it there."
                            + " Then run 'repair', which takes it as done, and start again: the script goes on after"
                            + " it.");
        }

        MigrationException asksForRead() {
            return stop(
                    "an earlier run had its answer already, which was too long for the journal.",
                    "",
                    "If the script may go on with what " + call.namespace()
                            + " has now, run 'repair' and start again: then the statement is asked once more.");
        }

        private MigrationException stop(String problem, String more, String remedy) {
            SourceLocation place = new SourceLocation(script.location(), call.line(), call.column());
            return new ScriptFailed(
                    script.name() + " stopped at statement " + entry.number() + ": " + problem + "\n  at " + place
                            + "\n  " + call.name() + " " + call.namespace() + more,
                    place,
                    null,
                    remedy,
                    null);
        }
    }
}
