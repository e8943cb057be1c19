package io.mhras.migrations.mongodb.run;

import com.mongodb.MongoInterruptedException;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.TimedOut;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationScript.Transaction;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.mongodb.server.Uninterrupted;
import io.mhras.migrations.mongodb.shell.ScriptFailure;
import java.time.Instant;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** One step at work: its script, its check, and its event in the history. */
abstract sealed class StepExecution permits JournaledExecution, TransactionalExecution {

    protected final MongoSession session;
    protected final MigrationStep step;
    protected final MigrationScript script;

    /** By the server's clock. */
    protected final Instant began;

    StepExecution(MongoSession session, MigrationStep step) {
        this.session = session;
        this.step = step;
        this.script = Objects.requireNonNull(step.script(), "A step to execute has a script");
        // Observers see the script before it has written anything.
        this.began = session.lease().renewFor(new BsonDocument("script", new BsonString(script.name())));
    }

    static StepExecution of(MongoSession session, MigrationStep step) {
        MigrationScript script = step.script();
        return script != null && script.options().transaction() == Transaction.FILE
                ? new TransactionalExecution(session, step)
                : new JournaledExecution(session, step);
    }

    /** Runs it; a failure is recorded before it is thrown. */
    HistoryEntry run() {
        try {
            return execute();
        } catch (ScriptFailure e) {
            // The engine may have seen the interruption before a statement did.
            throw recorded(Thread.currentThread().isInterrupted() ? interrupted() : report(e));
        } catch (DatabaseUnavailable e) {
            throw e;
        } catch (TimedOut | MongoInterruptedException e) {
            throw recorded(interrupted());
        } catch (MigrationException e) {
            throw recorded(e);
        } catch (Error e) {
            // The script is gone, and with it what filled the memory: there is room to say what stays.
            throw recorded(ScriptErrorReport.of(script, e, kept()));
        }
    }

    /** What stays of the script, as far as is known. */
    protected abstract String kept();

    protected abstract HistoryEntry execute();

    protected abstract MigrationException report(ScriptFailure e);

    protected abstract TimedOut interrupted();

    protected abstract void recordFailure(MigrationException failure);

    /** The failure matters more than what goes wrong in here. */
    private MigrationException recorded(MigrationException failure) {
        Uninterrupted.run(() -> {
            try {
                recordFailure(failure);
            } catch (MigrationException e) {
                failure.addSuppressed(e);
            }
        });
        return failure;
    }
}
