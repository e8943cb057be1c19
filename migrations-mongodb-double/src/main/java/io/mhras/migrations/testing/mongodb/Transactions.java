package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that are undone, document by document, when they are aborted.
 *
 * <p>Others see at once what a transaction writes. What others write to other documents stays when it is undone.
 */
final class Transactions {

    private static final Set<String> ALLOWED = Set.of(
            "find",
            "aggregate",
            "insert",
            "update",
            "delete",
            "findandmodify",
            "distinct",
            "create",
            "createindexes",
            "getmore",
            "killcursors",
            "committransaction",
            "aborttransaction");

    private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findandmodify");

    private static final String LIFETIME = "transactionLifetimeLimitSeconds";

    // Those of error_labels.cpp that the double knows; "the transaction was over time" (290) is not among them.
    private static final Set<Integer> TRANSIENT = Set.of(24, 112, 246, 251, 10107);

    private final DoubleBackend backend;
    private final Catalog catalog;
    private final Map<Document, Undo> open = new HashMap<>();
    private int lifetimeSeconds = 60;

    Transactions(DoubleBackend backend, Catalog catalog) {
        this.backend = backend;
        this.catalog = catalog;
    }

    /** The only parameter that there is. */
    Document parameter(Call call) {
        if (!call.query().containsKey(LIFETIME)) {
            throw Errors.invalidOptions("no option found to get");
        }
        if (call.name().equals("setParameter")) {
            lifetimeSeconds = Commands.number(call.query(), LIFETIME);
            return Commands.ok();
        }
        return new Document(LIFETIME, lifetimeSeconds).append("ok", 1.0);
    }

    /** An error that lets the whole be tried again says so. */
    Document answer(Call call, Topology topology, Channel connection, Supplier<Document> command) {
        try {
            return answerOrFail(call, topology, connection, command);
        } catch (MongoServerError e) {
            Document error = Errors.answer(e);
            return TRANSIENT.contains(e.getCode())
                    ? error.append("errorLabels", List.of("TransientTransactionError"))
                    : error;
        }
    }

    private Document answerOrFail(Call call, Topology topology, Channel connection, Supplier<Document> command) {
        if (topology == Topology.STANDALONE) {
            throw Errors.illegalOperation("Transaction numbers are only allowed on a replica set member or mongos");
        }
        Document session = Commands.document(call.query(), "lsid");
        long number = Commands.number(call.query(), "txnNumber");
        boolean begins = Commands.isTrue(call.query(), "startTransaction");
        if (begins) {
            abandon(session);
            open.put(session, new Undo(number, level(call)));
        }
        Undo undo = open.get(session);
        if (undo == null || undo.number != number) {
            throw Errors.noSuchTransaction(number);
        }
        undo.connection = connection;
        checkConcerns(call, begins);
        if (System.nanoTime() - undo.began > lifetimeSeconds * 1_000_000_000L) {
            abandon(session);
            throw Errors.abortedTransaction(number);
        }
        if (call.name().equals("abortTransaction")) {
            abandon(session);
            return Commands.ok();
        }
        try {
            if (!call.name().equals("commitTransaction")) {
                return inside(call, undo, command);
            }
            Document answer = command.get();
            open.remove(session);
            return answer;
        } catch (RuntimeException e) {
            // As on the server: an error inside ends it, whatever the driver says next.
            abandon(session);
            throw e;
        }
    }

    private static String level(Call call) {
        return Commands.text(Commands.document(call.query(), "readConcern"), "level");
    }

    private static void checkConcerns(Call call, boolean begins) {
        boolean ends = call.name().equals("commitTransaction") || call.name().equals("abortTransaction");
        if (!ends && call.query().containsKey("writeConcern")) {
            throw Errors.invalidOptions("writeConcern is not allowed within a multi-statement transaction");
        }
        if (!begins && call.query().containsKey("readConcern")) {
            throw Errors.invalidOptions("Only the first command in a transaction may specify a readConcern");
        }
    }

    /** Nobody can go on with what a client has left open when it went. */
    void closed(Channel connection) {
        List.copyOf(open.keySet()).stream()
                .filter(session -> connection.equals(connectionOf(session)))
                .forEach(this::abandon);
    }

    private @Nullable Channel connectionOf(Document session) {
        Undo undo = open.get(session);
        return undo == null ? null : undo.connection;
    }

    private void abandon(Document session) {
        Undo undo = open.remove(session);
        if (undo != null) {
            undo.run();
        }
    }

    private Document inside(Call call, Undo undo, Supplier<Document> command) {
        String name = call.name().toLowerCase(Locale.ROOT);
        if (!ALLOWED.contains(name)) {
            throw Errors.notInTransaction("Cannot run '" + call.name() + "' in a multi-document transaction.");
        }
        // service_entry_point_shard_role.cpp: "only create and createIndexes do not support readConcern inside
        // transactions".
        if (name.startsWith("create") && !List.of("", "local").contains(undo.readConcern)) {
            throw Errors.readConcernNotSupported(call.name(), "this transaction's ", undo.readConcern);
        }
        if (name.equals("aggregate") && Pipelines.writes(call.query())) {
            throw Errors.notInTransaction(
                    "Operation not permitted in transaction :: caused by :: Aggregation stages $out"
                            + " and $merge cannot run within a multi-document transaction");
        }
        if (name.equals("createindexes") && !isEmpty(call)) {
            throw Errors.notInTransaction("Cannot create new indexes on existing collection " + call.namespace()
                    + " in a multi-document transaction.");
        }
        if (WRITES.contains(name) && catalog.isCapped(call.namespace())) {
            throw Errors.notInTransaction("Collection '" + call.namespace()
                    + "' is a capped collection. Writes in transactions are not allowed on capped collections.");
        }
        if (call.collection().isEmpty()) {
            return command.get();
        }
        Map<Object, Document> before = documents(call);
        boolean existed = before != null;
        Document answer = command.get();
        Map<Object, Document> after = documents(call);
        if (!existed && after != null) {
            undo.created(call);
        } else if (before != null && after != null) {
            undo.changed(call, before, after);
        }
        return answer;
    }

    private boolean isEmpty(Call call) {
        Map<Object, Document> documents = documents(call);
        return documents == null || documents.isEmpty();
    }

    /** By their ids; null if there is no such collection. */
    private @Nullable Map<Object, Document> documents(Call call) {
        if (catalog.collection(call.database(), call.collection()) == null) {
            return null;
        }
        Map<Object, Document> documents = new LinkedHashMap<>();
        catalog.find(call.database(), call.collection(), new Document())
                .forEach(document -> documents.put(document.get("_id"), document));
        return documents;
    }

    /** What takes back what one transaction did. */
    private final class Undo implements Runnable {

        private final long number;
        private final String readConcern;
        private final long began = System.nanoTime();
        private final List<Runnable> steps = new ArrayList<>();
        private @Nullable Channel connection;

        Undo(long number, String readConcern) {
            this.number = number;
            this.readConcern = readConcern;
        }

        void created(Call call) {
            steps.add(() -> {
                backend.resolveDatabase(call.database()).dropCollection(call.collection(), NoopOplog.get());
                catalog.forget(call.namespace());
            });
        }

        void changed(Call call, Map<Object, Document> before, Map<Object, Document> after) {
            after.forEach((id, document) -> {
                if (!document.equals(before.get(id))) {
                    steps.add(() -> put(call, id, before.get(id)));
                }
            });
            before.forEach((id, document) -> {
                if (!after.containsKey(id)) {
                    steps.add(() -> put(call, id, document));
                }
            });
        }

        private void put(Call call, Object id, @Nullable Document document) {
            MongoCollection<?> collection = catalog.collection(call.database(), call.collection());
            if (collection != null) {
                collection.deleteDocuments(new Document("_id", id), 0, NoopOplog.get());
                if (document != null) {
                    collection.addDocument(document);
                }
            }
        }

        /** The last change first. */
        @Override
        public void run() {
            for (int i = steps.size() - 1; i >= 0; i--) {
                steps.get(i).run();
            }
        }
    }
}
