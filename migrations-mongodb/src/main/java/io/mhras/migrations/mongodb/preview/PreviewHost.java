package io.mhras.migrations.mongodb.preview;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.ServerAddress;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationScript.Transaction;
import io.mhras.migrations.ScriptPreview.State;
import io.mhras.migrations.mongodb.journal.EarlierStatements;
import io.mhras.migrations.mongodb.journal.JournalCursors;
import io.mhras.migrations.mongodb.journal.JournalEntry;
import io.mhras.migrations.mongodb.journal.StatementHost;
import io.mhras.migrations.mongodb.journal.StatementJournal;
import io.mhras.migrations.mongodb.preview.UnwrittenChanges.Change;
import io.mhras.migrations.mongodb.run.TransactionRules;
import io.mhras.migrations.mongodb.server.MongoErrors;
import io.mhras.migrations.mongodb.shell.Operation;
import io.mhras.migrations.mongodb.shell.OwnCollections;
import io.mhras.migrations.mongodb.shell.ScriptFailure;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellHost;
import java.time.Duration;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Lets a script read, and records what it would write. */
final class PreviewHost implements ShellHost, StatementHost {

    private final MigrationScript script;
    private final JournalCursors server;
    private final UnwrittenChanges changes;
    private final StatementJournal journal;
    private final TransactionRules transaction;
    private final Predictions predictions;
    private final PreviewedStatements statements;
    private final Duration limit;
    private final long began = System.nanoTime();
    private @Nullable String doubt;

    /**
     * A host for one script.
     *
     * @param own of the database that {@code db} is in the script
     * @param earlier what an earlier run of it has done
     * @param limit how long the dry run of it may take; zero for no limit
     */
    PreviewHost(
            MigrationScript script,
            OwnCollections own,
            ShellHost connected,
            UnwrittenChanges changes,
            EarlierStatements earlier,
            Duration limit) {
        this.script = script;
        ShellHost reachable = call -> answer(call, connected);
        this.server = new JournalCursors(reachable);
        this.changes = changes;
        this.journal = new StatementJournal(script, earlier, server, this);
        this.transaction = new TransactionRules(script, namespace -> !changes.isMissing(namespace));
        this.predictions = new Predictions(reachable, own, call -> changes.seenBy(call) == null);
        this.statements = new PreviewedStatements(own.database());
        this.limit = limit;
    }

    PreviewedStatements statements() {
        return statements;
    }

    /** From where on what the script does depends on data that is not written yet; null if nothing does. */
    @Nullable String doubt() {
        return doubt;
    }

    @Override
    public BsonValue answer(ShellCall call) {
        mustBeInTime(call);
        return journal.answer(call);
    }

    @Override
    public void replayed(JournalEntry old, ShellCall call) {
        if (call.writes()) {
            statements.add(call, State.DONE, null);
        }
    }

    @Override
    public BsonValue send(JournalEntry entry, ShellCall call) {
        return call.writes()
                ? write(call, doubt == null ? State.PENDING : State.UNCERTAIN)
                : read(entry.number(), call);
    }

    @Override
    public BsonValue settle(JournalEntry old, ShellCall call) {
        return call.writes() ? write(call, State.IN_DOUBT) : read(old.number(), call);
    }

    /** The script has come to its end: then all that an earlier run of it has done, or may have, must have been in it. */
    void end() {
        journal.end();
    }

    /** A script that waits for something that is not written would wait forever. */
    private void mustBeInTime(ShellCall call) {
        if (!limit.isZero() && System.nanoTime() - began > limit.toNanos()) {
            String over = "The dry run of a script ends after " + limit.toMillis() + " ms, the server's time counted";
            beInDoubt(over + ".", call.line());
            throw new ScriptFailure(over, call.line(), call.column(), null);
        }
    }

    /** An error of the server is for the script to handle; a lost server is not. */
    private static BsonValue answer(ShellCall call, ShellHost server) {
        try {
            return server.answer(call);
        } catch (MongoException e) {
            throw MongoErrors.leavesOpenWhatHappened(e) ? MongoErrors.ofConnection(e) : e;
        }
    }

    private BsonValue read(int number, ShellCall call) {
        Change change = changes.seenBy(call);
        if (change != null) {
            doubt(call.line(), "reads " + call.namespace() + ", which " + change.place());
        }
        return server.answer(number, call);
    }

    private BsonValue write(ShellCall call, State state) {
        mustBePossible(call);
        Prediction prediction = predictions.of(call);
        statements.add(call, state, prediction.note());
        changes.add(call, "line " + call.line() + " of " + script.name() + " changes");
        if (prediction.isGuess()) {
            doubt(call.line(), "asks for a document that is not written yet");
        }
        return prediction.answer();
    }

    /** What a server is known to refuse, without asking it. */
    private void mustBePossible(ShellCall call) {
        if (script.options().transaction() == Transaction.FILE) {
            transaction.mustBePossible(call);
        }
        if (call.is(Operation.CREATE) && changes.isThereOtherwise(call)) {
            throw new MongoCommandException(
                    new BsonDocument("ok", new BsonInt32(0))
                            .append("code", new BsonInt32(MongoErrors.NAMESPACE_EXISTS))
                            .append("codeName", new BsonString("NamespaceExists"))
                            .append("errmsg", new BsonString("Collection " + call.namespace() + " already exists.")),
                    new ServerAddress());
        }
    }

    @Override
    public void looksAtGuess(int line) {
        doubt(line, "looks at a count that is a guess");
    }

    private void doubt(int line, String why) {
        beInDoubt(
                "From here on what is shown depends on data that is not written yet: line " + line + " " + why + ".",
                line);
    }

    private void beInDoubt(String reason, int line) {
        if (doubt == null) {
            doubt = reason;
            changes.addUnknown(new Change("", "what follows line " + line + " of " + script.name() + " may change"));
        }
    }
}
