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
import org.bson.BsonBoolean;
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

    /** In what is known of a write before it was sent: the server refused it, and may have done a part. */
    private static final String REFUSED = "refused";

    private static final String REFUSED_IN_PART = "The server refused a part of it, and may have done another part.";

    private final MigrationScript script;
    private final JournaledRun run;
    private final JournalCursors server;
    private final MongoLease lease;
    private final Witness witness;
    private final Map<Integer, JournalEntry> earlier;
    private final int doneEarlier;

    // What changed nothing is written down with the next write, or when it is much: until then nobody needs it.
    private final List<JournalEntry> pending = new ArrayList<>();
    private final CreatedCollections created = new CreatedCollections();
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

    /** What it has created so far, or may have. */
    CreatedCollections created() {
        return created;
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
        if (!old.asksTheSameAs(entry)) {
            throw changed(old.state() == StatementState.DONE ? "has run already" : "may have run already", call);
        }
        return old.state() == StatementState.DONE ? replay(old, call) : settle(old, entry, call);
    }

    private BsonValue replay(JournalEntry old, ShellCall call) {
        created.note(old.before());
        BsonValue answer = old.replay();
        if (answer != null) {
            server.replay(number, call, answer);
            return answer;
        }
        // A read whose answer was too long to keep may be asked again since the user said so.
        return call.writes() ? LostAnswer.of(call) : server.answer(number, call);
    }

    private BsonValue settle(JournalEntry old, JournalEntry entry, ShellCall call) {
        if (!call.writes()) {
            throw asksForRead(call);
        }
        JournalEntry same = entry.with(old.before());
        Verdict verdict = look(() -> {
            RunningOperations.awaitEndOn(call.namespace(), witness);
            return new DoubtfulStatement(witness).settle(old, call);
        });
        if (verdict instanceof Verdict.Ask ask) {
            isInDoubt = true;
            run.save(List.of(same.with(StatementState.ASKS)));
            throw asks(call, (isRefused(old) ? REFUSED_IN_PART + " " : "") + ask.why());
        }
        if (verdict instanceof Verdict.Done done) {
            record(same.answered(done.answer()));
            return done.answer();
        }
        Verdict.Send send = (Verdict.Send) verdict;
        note(same);
        // The note has it from here on; and if the server refuses it, it may be changed, unless a part of it is there.
        if (send.call().equals(call)) {
            run.forget(number);
        } else {
            log.info(
                    "{}, line {}: a part of its documents is there already; the others are sent",
                    script.name(),
                    call.line());
        }
        return send(same, call, send);
    }

    private static boolean isRefused(JournalEntry old) {
        return old.before().containsKey(REFUSED);
    }

    private BsonValue read(JournalEntry entry, ShellCall call) {
        try {
            BsonValue answer = server.answer(number, call);
            int bytes = PackedBson.pack(new BsonDocument("value", answer)).length;
            boolean isKept = bytes <= JournalEntry.LONGEST_ANSWER_BYTES;
            pending.add(isKept ? entry.answered(answer) : entry.with(StatementState.ASKS));
            pendingBytes += isKept ? bytes : 0;
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
            open = send.call().equals(call) ? 0 : entry.line();
            throw e;
        }
        if (RefusedWrite.isIn(answer, call)) {
            log.warn(
                    "{}, line {}: the answer of {} has write errors; as in mongosh, the script goes on",
                    script.name(),
                    call.line(),
                    call.name());
            notDone(entry, entry.answered(answer), call, RefusedWrite.mayBeDoneInPart(call, answer.asDocument()));
            return answer;
        }
        BsonValue told = send.answer() == null ? answer : send.answer();
        record(entry.answered(told));
        return told;
    }

    private void record(JournalEntry entry) {
        created.note(entry.before());
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
        boolean isRest = !sent.equals(call);
        notDone(entry, entry.refused(e), call, isRest || RefusedWrite.mayBeDoneInPart(sent, e));
        return e;
    }

    /** The script may go on with this answer; if it does not, the next run sends the statement again, or asks. */
    private void notDone(JournalEntry entry, JournalEntry answered, ShellCall call, boolean mayBeDoneInPart) {
        if (mayBeDoneInPart) {
            created.note(entry.before());
            BsonDocument before = entry.before().clone().append(REFUSED, BsonBoolean.TRUE);
            run.save(List.of(entry.with(before).with(StatementState.ASKS)));
        } else {
            witness.forget(call);
        }
        open = mayBeDoneInPart ? entry.line() : 0;
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

    private int lastKnown() {
        return Collections.max(earlier.keySet());
    }

    private MigrationException asks(ShellCall call, String why) {
        SourceLocation place = place(call);
        return new ScriptFailed(
                script.name() + " stopped at statement " + number
                        + ": an earlier run was cut off in the middle of it, and"
                        + " nobody can tell whether it was done.\n  at " + place + "\n  " + call.name() + " "
                        + call.namespace() + "\n  " + why,
                place,
                null,
                "Look at " + call.namespace()
                        + " in mongosh. If the statement was not done, or only in part, do the rest of it there. Then"
                        + " run 'repair', which takes it as done, and start again: the script goes on behind it.",
                null);
    }

    private MigrationException asksForRead(ShellCall call) {
        SourceLocation place = place(call);
        return new ScriptFailed(
                script.name() + " stopped at statement " + number
                        + ": an earlier run had its answer already, which was too long for the journal.\n  at " + place
                        + "\n  " + call.name() + " " + call.namespace(),
                place,
                null,
                "If the script may go on with what " + call.namespace()
                        + " has now, run 'repair' and start again: then the" + " statement is asked once more.",
                null);
    }

    private SourceLocation place(ShellCall call) {
        return new SourceLocation(script.location(), call.line(), call.column());
    }
}
