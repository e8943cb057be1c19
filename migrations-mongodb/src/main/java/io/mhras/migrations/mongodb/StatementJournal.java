package io.mhras.migrations.mongodb;

import com.mongodb.MongoException;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps account of what a script without a transaction asks of the server, so that a run which stopped goes on where it did.
 *
 * <p>Before each write a note goes into the lease, by the same update that makes sure that the lease is ours; after it the
 * answer goes into the journal. The next run of the script gets the answers of what is done from there, reads included, and
 * so comes the same way to where it stopped.
 */
final class StatementJournal implements ShellHost {

    private static final Logger log = LoggerFactory.getLogger(StatementJournal.class);

    private static final int MAX_PENDING_BYTES = 4_000_000;

    private final MigrationScript script;
    private final JournaledRun run;
    private final JournalCursors server;
    private final MongoLease lease;
    private final Witness witness;
    private final Map<Integer, JournalEntry> earlier;
    private final int doneEarlier;

    // What changed nothing is written down with the next write, or when it is much: until then nobody needs it.
    private final List<JournalEntry> pending = new ArrayList<>();
    private long pendingBytes;
    private int number;
    private int recorded;
    private int line;
    private int open;
    private boolean isInDoubt;

    StatementJournal(
            MigrationScript script,
            JournaledRun run,
            ShellHost server,
            MongoLease lease,
            Witness witness,
            Map<Integer, JournalEntry> earlier) {
        this.script = script;
        this.run = run;
        this.server = new JournalCursors(server);
        this.lease = lease;
        this.witness = witness;
        this.earlier = earlier;
        this.doneEarlier = earlier.values().stream()
                .filter(entry -> entry.state() == StatementState.DONE)
                .mapToInt(JournalEntry::number)
                .max()
                .orElse(0);
        this.recorded = doneEarlier;
        this.line = doneEarlier == 0
                ? 0
                : Objects.requireNonNull(earlier.get(doneEarlier)).line();
        this.open = earlier.values().stream()
                .filter(entry -> entry.number() > doneEarlier)
                .mapToInt(JournalEntry::line)
                .findFirst()
                .orElse(0);
    }

    /** How far it came; what it has written down is done. */
    ScriptProgress progress() {
        return new ScriptProgress(recorded, line, open);
    }

    /** Whether nobody knows if the last write was done. */
    boolean isInDoubt() {
        return isInDoubt;
    }

    @Override
    public BsonValue answer(ShellCall call) {
        JournalEntry entry = JournalEntry.of(++number, call);
        JournalEntry old = earlier.get(number);
        if (old == null) {
            return call.writes() ? write(entry, call) : read(entry, call);
        }
        boolean maySayOtherwise = old.state() == StatementState.DONE_IN_PART;
        if (!old.asksTheSameAs(entry) && !maySayOtherwise) {
            throw changed(old.state() == StatementState.DONE ? "has run already" : "may have run already", call);
        }
        return old.state() == StatementState.DONE ? replay(old, call) : settle(old, entry, call);
    }

    private BsonValue replay(JournalEntry old, ShellCall call) {
        BsonValue answer = old.replay();
        if (answer != null) {
            server.replay(number, call, answer);
            return answer;
        }
        return LostAnswer.of(call);
    }

    private BsonValue settle(JournalEntry old, JournalEntry entry, ShellCall call) {
        JournalEntry same = entry.with(old.before());
        Verdict verdict = look(() -> {
            RunningOperations.awaitEndOn(call.namespace(), witness);
            return new DoubtfulStatement(witness).settle(old, call);
        });
        if (verdict instanceof Verdict.Changed changed) {
            isInDoubt = true;
            throw changedAfterAPart(changed, call);
        }
        if (verdict instanceof Verdict.Ask ask) {
            isInDoubt = true;
            run.save(List.of(same.with(StatementState.ASKS)));
            throw asks(call, ask.why());
        }
        if (verdict instanceof Verdict.Done done) {
            record(same.answered(done.answer()));
            return done.answer();
        }
        Verdict.Send send = (Verdict.Send) verdict;
        note(same);
        // The note has it from here on; and if the server refuses it, it may be changed.
        if (!send.call().equals(call) || old.state() == StatementState.DONE_IN_PART) {
            JournalEntry inPart =
                    same.with(DoubtfulInsert.withoutCount(same.before())).with(StatementState.DONE_IN_PART);
            run.save(List.of(inPart));
            return send(inPart, call, send);
        }
        run.forget(number);
        return send(same, call, send);
    }

    private BsonValue read(JournalEntry entry, ShellCall call) {
        try {
            BsonValue answer = server.answer(number, call);
            pending.add(entry.answered(answer));
            pendingBytes += PackedBson.pack(new BsonDocument("value", answer)).length;
            if (pendingBytes > MAX_PENDING_BYTES) {
                savePending();
            }
            return answer;
        } catch (MongoException e) {
            if (MongoErrors.leavesOpenWhatHappened(e)) {
                throw MongoErrors.ofConnection(e);
            }
            pending.add(entry.refused(e));
            throw e;
        }
    }

    private BsonValue write(JournalEntry entry, ShellCall call) {
        savePending();
        JournalEntry seen = entry.with(look(() -> witness.look(call)));
        note(seen);
        return send(seen, call, new Verdict.Send(call, null));
    }

    private void savePending() {
        run.begin();
        if (!pending.isEmpty()) {
            run.save(pending);
            isRecorded(pending.get(pending.size() - 1));
            pending.clear();
            pendingBytes = 0;
        }
    }

    /** What we ask for ourselves is none of the script's business. */
    private <T> T look(Supplier<T> question) {
        try {
            return question.get();
        } catch (MongoException e) {
            throw run.failure(e);
        }
    }

    private void note(JournalEntry entry) {
        lease.renewFor(entry.document(run.id(), script.name()));
        open = entry.line();
        isInDoubt = true;
    }

    private BsonValue send(JournalEntry entry, ShellCall call, Verdict.Send send) {
        BsonValue answer;
        try {
            answer = server.answer(number, send.call());
        } catch (MongoException e) {
            throw refused(entry, call, send.call(), e);
        } catch (BSONException | IllegalArgumentException e) {
            // The driver did not send it.
            isInDoubt = false;
            open = entry.state() == StatementState.DONE_IN_PART ? entry.line() : 0;
            throw e;
        }
        if (FailedWrite.isIn(answer, call)) {
            log.warn(
                    "{}, line {}: the answer of {} has write errors; as in mongosh, the script goes on",
                    script.name(),
                    call.line(),
                    call.operation());
            notDone(entry, entry.answered(answer), FailedWrite.mayBeDoneInPart(call, answer.asDocument()));
            return answer;
        }
        BsonValue told = send.answer() == null ? answer : send.answer();
        record(entry.answered(told));
        return told;
    }

    private void record(JournalEntry entry) {
        run.save(List.of(entry));
        isInDoubt = false;
        isRecorded(entry);
    }

    private void isRecorded(JournalEntry entry) {
        recorded = entry.number();
        line = entry.line();
        open = 0;
    }

    private RuntimeException refused(JournalEntry entry, ShellCall call, ShellCall sent, MongoException e) {
        if (MongoErrors.leavesOpenWhatHappened(e)) {
            return MongoErrors.ofConnection(e);
        }
        boolean mayBeDoneInPart = FailedWrite.mayBeDoneInPart(sent, e);
        if (!call.operation().equals("insertMany")) {
            notDone(entry, entry.refused(e), mayBeDoneInPart);
            return e;
        }
        RefusedInsert refused = new RefusedInsert(call, sent, e);
        JournalEntry seen = entry.with(refused.remembered(entry.before()));
        notDone(seen, seen.refused(refused.told()), mayBeDoneInPart);
        return refused.told();
    }

    /** The script may go on with this answer; if it does not, the next run sends the statement again. */
    private void notDone(JournalEntry entry, JournalEntry answered, boolean mayBeDoneInPart) {
        boolean isDoneInPart = mayBeDoneInPart || entry.state() == StatementState.DONE_IN_PART;
        if (isDoneInPart) {
            run.save(List.of(entry.with(StatementState.DONE_IN_PART)));
        }
        open = isDoneInPart ? entry.line() : 0;
        // A note of it would say that nobody knows.
        lease.renewSettled();
        isInDoubt = false;
        pending.add(answered);
    }

    /** The script has come to its end: then all that an earlier run of it has done, or may have, must have been in it. */
    void end() {
        if (earlier.isEmpty() || lastKnown() <= number) {
            return;
        }
        JournalEntry missing = earlier.values().stream()
                .filter(entry -> entry.number() > number)
                .findFirst()
                .orElseThrow();
        boolean isDone = lastKnown() == doneEarlier;
        throw new InvalidMigration(
                "an earlier run of this script stopped " + (isDone ? "after" : "in the middle of") + " statement "
                        + lastKnown() + ", but now it ends after " + number + ": " + missing.operation() + " "
                        + missing.namespace() + ", which was in line " + missing.line() + ", is gone.",
                SourceLocation.of(script.location()),
                "Put back what was taken out. What comes after statement " + lastKnown() + " may be changed.");
    }

    private MigrationException changed(String what, ShellCall call) {
        return new InvalidMigration(
                "this statement " + what + ", in an earlier run that stopped after statement " + doneEarlier
                        + ", and was changed since.",
                place(call),
                "Put it back as it was. What comes after statement " + lastKnown() + " may be changed.");
    }

    private MigrationException changedAfterAPart(Verdict.Changed changed, ShellCall call) {
        return new InvalidMigration(
                "an earlier run did a part of this statement before the server refused the rest, and it was changed since. "
                        + changed.why(),
                place(call),
                changed.remedy());
    }

    private int lastKnown() {
        return Collections.max(earlier.keySet());
    }

    private MigrationException asks(ShellCall call, String why) {
        SourceLocation place = place(call);
        return new ScriptFailed(
                script.name() + " stopped at statement " + number
                        + ": an earlier run was cut off in the middle of it, and"
                        + " nobody can tell whether it was done.\n  at " + place + "\n  " + call.operation() + " "
                        + call.namespace() + "\n  " + why,
                place,
                null,
                "Look at " + call.namespace()
                        + " in mongosh. If the statement was not done, or only in part, do the rest of"
                        + " it there. Then run 'repair', which takes it as done, and start again: the script goes on behind"
                        + " it.",
                null);
    }

    private SourceLocation place(ShellCall call) {
        return new SourceLocation(script.location(), call.line(), call.column());
    }
}
