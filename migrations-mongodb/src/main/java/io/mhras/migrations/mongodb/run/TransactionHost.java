package io.mhras.migrations.mongodb.run;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.history.CreatedCollections;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.HistoryErrors;
import io.mhras.migrations.mongodb.lease.AbandonedTransaction;
import io.mhras.migrations.mongodb.lease.MongoLease;
import io.mhras.migrations.mongodb.server.CollectionCatalog;
import io.mhras.migrations.mongodb.server.MongoErrors;
import io.mhras.migrations.mongodb.server.TransactionEnd;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellHost;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Passes on what a script in a transaction asks; but not what the server would refuse there. */
final class TransactionHost implements ShellHost {

    // For observers; a note costs as much as a statement. The first comes before the first write.
    private static final long NOTE_EVERY_NANOS = 500_000_000L;

    private final MigrationScript script;
    private final ShellHost server;
    private final HistoryCollections collections;
    private final MongoLease lease;
    private final ClientSession transaction;
    private final TransactionRules rules;
    private int number;
    private long nextNote = System.nanoTime();
    private @Nullable MongoException failure;

    TransactionHost(
            MigrationScript script,
            ShellHost server,
            HistoryCollections collections,
            MongoLease lease,
            ClientSession transaction) {
        this.script = script;
        this.server = server;
        this.collections = collections;
        this.lease = lease;
        this.transaction = transaction;
        this.rules = new TransactionRules(script, this::isThere);
    }

    /** What the script has created. */
    CreatedCollections created() {
        return rules.created();
    }

    @Override
    public BsonValue answer(ShellCall call) {
        number++;
        end();
        if (call.writes()) {
            prepare(call);
        }
        try {
            return server.answer(call);
        } catch (MongoException e) {
            if (TransactionEnd.isToldBy(e)) {
                throw new TransactionUndone(e);
            }
            if (MongoErrors.leavesOpenWhatHappened(e)) {
                throw MongoErrors.ofConnection(e);
            }
            failure = e;
            throw e;
        }
    }

    /** The server ends a transaction at its first error; a script that catches that cannot go on. */
    void end() {
        if (failure != null) {
            throw new MigrationException.ScriptFailed(
                    script.name()
                            + " failed; nothing of it was kept.\n  It caught an error, but a transaction ends with its"
                            + " first error: " + MongoErrors.message(failure),
                    SourceLocation.of(script.location()),
                    Integer.toString(failure.getCode()),
                    "Ask before the statement whether it will do; or take '// migrate:transaction file' out of the"
                            + " header.",
                    failure);
        }
    }

    /** The script must not see errors of our own queries. */
    private boolean isThere(String namespace) {
        try {
            return new CollectionCatalog(collections.client()).has(namespace);
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    private void prepare(ShellCall call) {
        rules.mustBePossible(call);
        if (System.nanoTime() - nextNote >= 0) {
            nextNote = System.nanoTime() + NOTE_EVERY_NANOS;
            BsonDocument note = new BsonDocument("n", new BsonInt32(number))
                    .append("script", new BsonString(script.name()))
                    .append("operation", new BsonString(call.name()))
                    .append("namespace", new BsonString(call.namespace()))
                    .append("line", new BsonInt32(call.line()));
            lease.renewFor(AbandonedTransaction.note(note, transaction));
        }
    }
}
