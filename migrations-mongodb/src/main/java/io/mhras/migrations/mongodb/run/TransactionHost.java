package io.mhras.migrations.mongodb.run;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.history.CreatedCollections;
import io.mhras.migrations.mongodb.history.HistoryErrors;
import io.mhras.migrations.mongodb.lease.AbandonedTransaction;
import io.mhras.migrations.mongodb.server.CollectionCatalog;
import io.mhras.migrations.mongodb.server.MongoErrors;
import io.mhras.migrations.mongodb.server.TransactionEnd;
import io.mhras.migrations.mongodb.shell.Operation.Trait;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellHost;
import java.util.HashSet;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Passes on what a script in a transaction asks; but not what the server would refuse there. */
public final class TransactionHost implements ShellHost {

    private static final String REMEDY =
            "Take '// migrate:transaction file' out of the header, or move this into a file of" + " its own.";

    // For those who look on; a note costs as much as a statement. The first comes before the first write.
    private static final long NOTE_EVERY_NANOS = 500_000_000L;

    private final MigrationScript script;
    private final ShellHost server;
    private final MongoSession session;
    private final ClientSession transaction;
    private final CollectionCatalog catalog;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> made = new HashSet<>();
    private final CreatedCollections created = new CreatedCollections();
    private int number;
    private long nextNote = System.nanoTime();
    private @Nullable MongoException failure;

    TransactionHost(MigrationScript script, ShellHost server, MongoSession session, ClientSession transaction) {
        this.script = script;
        this.server = server;
        this.session = session;
        this.transaction = transaction;
        this.catalog = new CollectionCatalog(session.client());
    }

    /** The collections that were missing when the script wrote what creates them. */
    CreatedCollections created() {
        return created;
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

    /** @throws InvalidMigration if the server refuses it in a transaction */
    public static void mustBePossible(MigrationScript script, ShellCall call) {
        if (call.has(Trait.NOT_IN_TRANSACTION)) {
            throw refusal(call.name() + " cannot run in a transaction.", script, call);
        }
    }

    /** @throws InvalidMigration if the server refuses it for a collection that the script has not made itself */
    public static void mustBePossibleWhereDocumentsAre(MigrationScript script, ShellCall call) {
        if (call.has(Trait.EMPTY_IN_TRANSACTION)) {
            throw refusal(
                    "an index on a collection that is there already cannot be made in a transaction.", script, call);
        }
    }

    private static InvalidMigration refusal(String problem, MigrationScript script, ShellCall call) {
        return new InvalidMigration(problem, new SourceLocation(script.location(), call.line(), call.column()), REMEDY);
    }

    /** What we ask for ourselves is none of the script's business. */
    private boolean isThere(String namespace) {
        try {
            return catalog.has(namespace);
        } catch (MongoException e) {
            throw HistoryErrors.of(session.collections(), e);
        }
    }

    private void prepare(ShellCall call) {
        mustBePossible(script, call);
        String namespace = call.changed();
        if (call.mayCreate() && seen.add(namespace) && !isThere(namespace)) {
            made.add(namespace);
            created.note(new BsonDocument(CreatedCollections.CREATES, new BsonString(namespace)));
        }
        if (!made.contains(call.namespace())) {
            mustBePossibleWhereDocumentsAre(script, call);
        }
        if (System.nanoTime() - nextNote >= 0) {
            nextNote = System.nanoTime() + NOTE_EVERY_NANOS;
            BsonDocument step = new BsonDocument("n", new BsonInt32(number))
                    .append("script", new BsonString(script.name()))
                    .append("operation", new BsonString(call.name()))
                    .append("namespace", new BsonString(call.namespace()))
                    .append("line", new BsonInt32(call.line()));
            session.lease().renewFor(AbandonedTransaction.note(step, transaction));
        }
    }
}
