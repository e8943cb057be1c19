package io.mhras.migrations.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.BSONException;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/**
 * Keeps account of what a script without a transaction asks of the server, so that a run which stopped goes on where it did.
 *
 * <p>Before each write a note goes into the lease, by the same update that makes sure that the lease is ours; after it the
 * answer goes into the journal. The next run of the script gets the answers of what is done from there, reads included, and
 * so comes the same way to where it stopped.
 */
final class StatementJournal implements ShellHost {

    /** Unauthorized, FailedToParse, ConflictingUpdateOperators, DollarPrefixedFieldName, EmptyFieldName, InvalidNamespace. */
    private static final Set<Integer> REFUSED_AS_A_WHOLE = Set.of(13, 9, 40, 52, 56, 73);

    private final MigrationScript script;
    private final JournaledRun run;
    private final JournalCursors server;
    private final MongoLease lease;
    private final Witness witness;
    private final Map<Integer, JournalEntry> earlier;
    private final int doneEarlier;

    // What changed nothing is written down with the next write: until then nobody needs it.
    private final List<JournalEntry> pending = new ArrayList<>();
    private int number;
    private int recorded;
    private int line;
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
    }

    /** Up to which of the script's calls all is done and written down. */
    int recorded() {
        return recorded;
    }

    /** Where the last of them stands. */
    int line() {
        return line;
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
        return call.writes()
                ? new BsonDocument("ok", new BsonInt32(1)).append("acknowledged", BsonBoolean.TRUE)
                : server.answer(number, call);
    }

    private BsonValue settle(JournalEntry old, JournalEntry entry, ShellCall call) {
        JournalEntry same = entry.with(old.before());
        Verdict verdict = look(() -> {
            RunningOperations.awaitEndOn(call.namespace(), witness);
            return new DoubtfulStatement(witness).settle(old, call);
        });
        if (verdict instanceof Verdict.Ask ask) {
            isInDoubt = true;
            run.save(List.of(old.with(StatementState.ASKS)));
            throw asks(call, ask.why());
        }
        if (verdict instanceof Verdict.Done done) {
            record(same.answered(done.answer()));
            return done.answer();
        }
        Verdict.Send send = (Verdict.Send) verdict;
        note(same);
        // The note has it from here on; and if the server refuses it, it may be changed.
        if (send.answer() != null) {
            run.save(List.of(same.with(StatementState.DONE_IN_PART)));
        } else if (old.state() != StatementState.DONE_IN_PART) {
            run.forget(number);
        }
        BsonValue answer = send(same, send.call());
        return send.answer() == null ? answer : send.answer();
    }

    private BsonValue read(JournalEntry entry, ShellCall call) {
        try {
            BsonValue answer = server.answer(number, call);
            pending.add(entry.answered(answer));
            return answer;
        } catch (MongoException e) {
            throw refused(entry, call, e);
        }
    }

    private BsonValue write(JournalEntry entry, ShellCall call) {
        run.begin();
        if (!pending.isEmpty()) {
            run.save(pending);
            isRecorded(pending.get(pending.size() - 1));
            pending.clear();
        }
        JournalEntry seen = entry.with(look(() -> witness.look(call)));
        note(seen);
        return send(seen, call);
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
        isInDoubt = true;
    }

    private BsonValue send(JournalEntry entry, ShellCall call) {
        BsonValue answer;
        try {
            answer = server.answer(number, call);
        } catch (MongoException e) {
            throw refused(entry, call, e);
        } catch (BSONException | IllegalArgumentException e) {
            // The driver did not send it.
            isInDoubt = false;
            throw e;
        }
        record(entry.answered(answer));
        return answer;
    }

    private void record(JournalEntry entry) {
        run.save(List.of(entry));
        isInDoubt = false;
        isRecorded(entry);
    }

    private void isRecorded(JournalEntry entry) {
        recorded = entry.number();
        line = entry.line();
    }

    /** The script may catch it and go on; if it does not, the statement is not done and the next run sends it again. */
    private RuntimeException refused(JournalEntry entry, ShellCall call, MongoException e) {
        if (MongoErrors.leavesOpenWhatHappened(e)) {
            return MongoErrors.ofConnection(e);
        }
        if (mayBeDoneInPart(call, e)) {
            run.save(List.of(entry.with(StatementState.DONE_IN_PART)));
        }
        isInDoubt = false;
        pending.add(entry.refused(e));
        return e;
    }

    /** The server does not count what an update of many had changed before it failed at one of them. */
    private static boolean mayBeDoneInPart(ShellCall call, MongoException e) {
        return (updatesManyOnce(call) && !REFUSED_AS_A_WHOLE.contains(e.getCode()))
                || (e instanceof MongoBulkWriteException bulk && changedSomething(bulk));
    }

    /** Whether it changes many documents in a way that must not be done twice. */
    private static boolean updatesManyOnce(ShellCall call) {
        return switch (call.operation()) {
            case "updateMany" -> SettingUpdate.of(call.arguments()) == null;
            case "bulkWrite" ->
                call.arguments().getArray("operations").stream()
                        .map(operation -> operation.asDocument().get("updateMany"))
                        .anyMatch(update -> update != null && SettingUpdate.of(update.asDocument()) == null);
            default -> false;
        };
    }

    private static boolean changedSomething(MongoBulkWriteException e) {
        return e.getWriteResult().getInsertedCount() > 0
                || e.getWriteResult().getModifiedCount() > 0
                || e.getWriteResult().getDeletedCount() > 0
                || !e.getWriteResult().getUpserts().isEmpty();
    }

    /** The script has come to its end: then all that an earlier run of it has done must have been in it. */
    void end() {
        if (number < doneEarlier) {
            JournalEntry missing = earlier.get(number + 1);
            throw new InvalidMigration(
                    "an earlier run of this script stopped after statement " + doneEarlier + ", but now it ends after "
                            + number
                            + (missing == null
                                    ? "."
                                    : ": " + missing.operation() + " " + missing.namespace() + ", which was in line "
                                            + missing.line() + ", is gone."),
                    SourceLocation.of(script.location()),
                    "Put back what was taken out. What comes after statement " + doneEarlier + " may be changed.");
        }
    }

    private MigrationException changed(String what, ShellCall call) {
        return new InvalidMigration(
                "this statement " + what + ", in an earlier run that stopped after statement " + doneEarlier
                        + ", and was changed since.",
                place(call),
                "Put it back as it was. What comes after statement " + doneEarlier + " may be changed.");
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
