package io.mhras.migrations.mongodb.journal;

import com.mongodb.MongoException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.mongodb.history.CreatedCollections;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.HistoryErrors;
import io.mhras.migrations.mongodb.history.StatementState;
import io.mhras.migrations.mongodb.lease.MongoLease;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The journal of a script at work: what it asked and what was answered, written down before it matters. */
public final class JournalWriter {

    private static final int MAX_PENDING_BYTES = 4_000_000;

    /** A document may have 16 MB, including what surrounds the answer. */
    private static final int LONGEST_ANSWER_BYTES = 4_000_000;

    private final MigrationScript script;
    private final HistoryCollections collections;
    private final MongoLease lease;
    private final LongSupplier begin;
    private @Nullable JournalStore store;

    // What changed nothing is written down with the next write, or when there is much of it: until then it is not
    // needed.
    private final List<JournalEntry> pending = new ArrayList<>();
    private final CreatedCollections created = new CreatedCollections();
    private long pendingBytes;
    private RunProgress progress;
    private boolean isInDoubt;

    /**
     * The journal of a run.
     *
     * @param earlier the run with which it goes on; null if it begins
     * @param begin makes the event with which a run begins, before its first write; its id is the run's number
     */
    public JournalWriter(
            MigrationScript script,
            HistoryCollections collections,
            MongoLease lease,
            @Nullable EarlierRun earlier,
            LongSupplier begin) {
        this.script = script;
        this.collections = collections;
        this.lease = lease;
        this.begin = begin;
        this.store = earlier == null ? null : earlier.store();
        EarlierStatements statements = earlier == null ? EarlierStatements.NONE : earlier.statements();
        this.progress = statements.progress();
        statements.entries().values().forEach(entry -> created.note(entry.before()));
    }

    /** The run's number; null if it has written nothing, so that there is nothing to resume. */
    public @Nullable Long run() {
        return store == null ? null : store.run();
    }

    /** How far it came; what is written down is done. */
    public RunProgress progress() {
        return store == null ? RunProgress.NONE : progress;
    }

    /** What it has created so far, or may have; what an earlier run has, too. */
    public CreatedCollections created() {
        return created;
    }

    /** Whether the last write is in doubt. */
    public boolean isInDoubt() {
        return isInDoubt;
    }

    /** A read, or a write that was refused and changed nothing: it is needed only if the script goes on. */
    void addPending(JournalEntry entry) {
        int bytes = entry.answerBytes();
        boolean isKept = bytes <= LONGEST_ANSWER_BYTES;
        pending.add(isKept ? entry : entry.withoutAnswer(StatementState.ASKS));
        pendingBytes += isKept ? bytes : 0;
        if (pendingBytes > MAX_PENDING_BYTES) {
            savePending();
        }
    }

    /** From here on there is something to resume. */
    void savePending() {
        if (store == null) {
            store = new JournalStore(collections, begin.getAsLong());
        }
        if (!pending.isEmpty()) {
            save(pending);
            recorded(pending.get(pending.size() - 1));
            pending.clear();
            pendingBytes = 0;
        }
    }

    /** Writes the intent of what is going to be sent into the lease, which must be held for that. */
    void note(JournalEntry entry) {
        lease.renewFor(entry.document(begun().run(), script.name()));
        progress = progress.open(entry.line());
        isInDoubt = true;
    }

    /** What was noted was not sent. */
    void notSent(boolean isPartThere) {
        isInDoubt = false;
        progress = isPartThere ? progress : progress.open(0);
    }

    /** What was noted is done, and answered. */
    void done(JournalEntry entry) {
        created.note(entry.before());
        boolean isKept = entry.answerBytes() <= LONGEST_ANSWER_BYTES;
        save(List.of(isKept ? entry : entry.withoutAnswer(StatementState.DONE)));
        isInDoubt = false;
        recorded(entry);
    }

    /** What was noted was refused, and changed nothing. The script may go on with that. */
    void refused(JournalEntry entry) {
        progress = progress.open(0);
        settled(entry);
    }

    /**
     * What was noted was refused, and may be done in part. The script may go on with that; if it does not, the next run asks.
     *
     * @param inDoubt the entry as it then is
     */
    void refusedInPart(JournalEntry entry, JournalEntry inDoubt) {
        created.note(entry.before());
        save(List.of(inDoubt));
        settled(entry);
    }

    private void settled(JournalEntry entry) {
        // An intent left in the lease would mean that it is in doubt.
        lease.renewSettled();
        isInDoubt = false;
        pending.add(entry);
    }

    /** A statement of an earlier run is for the user to decide. */
    void asks(JournalEntry entry) {
        isInDoubt = true;
        save(List.of(entry));
    }

    /** Removes an entry that the lease has as its intent. */
    void forget(JournalEntry entry) {
        try {
            begun().forget(entry.number(), lease.fence());
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    private void save(List<JournalEntry> entries) {
        try {
            begun().save(entries, script.name(), lease.fence());
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    private void recorded(JournalEntry entry) {
        progress = new RunProgress(entry.number(), entry.line(), 0);
    }

    /** The script is done: its journal is deleted. */
    public void delete() {
        if (store != null) {
            store.delete(lease.fence());
        }
    }

    private JournalStore begun() {
        return Objects.requireNonNull(store, "Begun before");
    }
}
