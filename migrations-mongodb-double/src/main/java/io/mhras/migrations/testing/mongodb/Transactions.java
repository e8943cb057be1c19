package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mhras.migrations.testing.mongodb.aggregation.Pipelines;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import io.mhras.migrations.testing.mongodb.validation.Filter;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Transactions: each sees the databases as they were when it began, and its own writes, which others see when it commits. */
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

    /** What changes a collection as a whole. */
    private static final Set<String> CHANGES =
            Set.of("drop", "dropdatabase", "renamecollection", "collmod", "createindexes", "dropindexes");

    private static final String LIFETIME = "transactionLifetimeLimitSeconds";

    // Those of error_labels.cpp that the double knows; "the transaction was over time" (290) is not among them.
    private static final Set<Integer> TRANSIENT = Set.of(24, 112, 246, 251, 10107);

    private final DoubleBackend backend;
    private final Catalog catalog;
    private final Map<Document, Open> open = new HashMap<>();
    private final Map<Document, Long> committed = new HashMap<>();
    private final Map<Document, Long> aborted = new HashMap<>();
    private @Nullable TransactionView current;
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
            open.put(session, new Open(number, level(call), new TransactionView(backend)));
        }
        Open transaction = open.get(session);
        if (transaction == null || transaction.number != number) {
            return ended(call, session, number);
        }
        transaction.connection = connection;
        checkConcerns(call, begins);
        if (System.nanoTime() - transaction.began > lifetimeSeconds * 1_000_000_000L) {
            abandon(session);
            throw Errors.abortedTransaction(number);
        }
        if (call.name().equals("abortTransaction")) {
            abandon(session);
            return Commands.ok();
        }
        try {
            if (!call.name().equals("commitTransaction")) {
                Document answer = within(transaction, call, command);
                if (answer.containsKey("writeErrors")) {
                    abandon(session);
                }
                return answer;
            }
            Document answer = command.get();
            open.remove(session);
            transaction.view.commit(catalog);
            committed.put(session, number);
            return answer;
        } catch (RuntimeException e) {
            // As on the server: an error inside ends it, whatever the driver says next.
            abandon(session);
            throw e;
        }
    }

    /** With the databases as it sees them, and the options of what it made. */
    private Document within(Open transaction, Call call, Supplier<Document> command) {
        current = transaction.view;
        transaction.view.database(call.database());
        transaction.view.madeOptions().forEach(catalog::setOptions);
        try {
            return inside(call, transaction, command);
        } finally {
            current = null;
            if (!call.collection().isEmpty() && !transaction.view.isThere(call.namespace())) {
                catalog.forget(call.namespace());
            }
            transaction.view.madeOptions().keySet().forEach(catalog::forget);
        }
    }

    /** Whose databases commands see; null for everybody's. */
    @Nullable TransactionView current() {
        return current;
    }

    private Document ended(Call call, Document session, long number) {
        boolean isCommitted = Long.valueOf(number).equals(committed.get(session));
        if (isCommitted && call.name().equals("commitTransaction")) {
            return Commands.ok();
        }
        if (isCommitted) {
            throw Errors.committedTransaction(number);
        }
        throw Long.valueOf(number).equals(aborted.get(session))
                ? Errors.abortedTransaction(number)
                : Errors.noSuchTransaction(number);
    }

    Document kill(Call call) {
        Commands.documents(call.query(), call.name()).forEach(this::abandon);
        return Commands.ok();
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
        Open transaction = open.get(session);
        return transaction == null ? null : transaction.connection;
    }

    private void abandon(Document session) {
        Open transaction = open.remove(session);
        if (transaction != null) {
            aborted.put(session, transaction.number);
        }
    }

    private Document inside(Call call, Open transaction, Supplier<Document> command) {
        String name = call.name().toLowerCase(Locale.ROOT);
        if (!ALLOWED.contains(name)) {
            throw Errors.notInTransaction("Cannot run '" + call.name() + "' in a multi-document transaction.");
        }
        // service_entry_point_shard_role.cpp: "only create and createIndexes do not support readConcern inside
        // transactions".
        if (name.startsWith("create") && !List.of("", "local").contains(transaction.readConcern)) {
            throw Errors.readConcernNotSupported(call.name(), "this transaction's ", transaction.readConcern);
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
        if (WRITES.contains(name) && TimeSeries.is(catalog.options(call.namespace()))) {
            throw Errors.notInTransaction(
                    "Cannot write to a time-series collection in a multi-document transaction: " + call.namespace());
        }
        if (call.collection().isEmpty()) {
            return command.get();
        }
        Document answer = command.get();
        if (WRITES.contains(name) || name.startsWith("create")) {
            Document options = catalog.options(call.namespace());
            transaction.view.note(call.database(), call.collection(), options);
            if (transaction.view.conflicts(views())) {
                throw Errors.writeConflict();
            }
        }
        return answer;
    }

    private List<TransactionView> views() {
        return open.values().stream().map(each -> each.view).toList();
    }

    /** Before a command outside: transactions that are open keep what it may change, and what they write stays theirs. */
    void besideThem(Call call) {
        if (open.isEmpty()) {
            return;
        }
        String name = call.name().toLowerCase(Locale.ROOT);
        if (!WRITES.contains(name) && !CHANGES.contains(name)) {
            return;
        }
        for (TransactionView view : views()) {
            view.database(call.database());
            boolean waits = view.touches(call.namespace())
                    && (CHANGES.contains(name)
                            || writtenTo(call, name).stream().anyMatch(id -> view.wrote(call.namespace(), id)));
            if (waits) {
                throw Errors.notSupported(
                        "waiting for an open transaction, as the server does before this '" + call.name() + "',");
            }
        }
    }

    private List<@Nullable Object> writtenTo(Call call, String name) {
        List<@Nullable Object> ids = new ArrayList<>();
        Commands.documents(call.query(), "documents").forEach(document -> ids.add(document.get("_id")));
        List<Document> filters = new ArrayList<>();
        Commands.documents(call.query(), "updates").forEach(each -> filters.add(Commands.document(each, "q")));
        Commands.documents(call.query(), "deletes").forEach(each -> filters.add(Commands.document(each, "q")));
        if (name.equals("findandmodify")) {
            filters.add(Commands.document(call.query(), "query"));
        }
        for (Document filter : filters) {
            Document known = Pipelines.withNow(filter);
            for (Document document : catalog.find(call.database(), call.collection(), new Document())) {
                if (Filter.matches(known, document)) {
                    ids.add(document.get("_id"));
                }
            }
        }
        return ids;
    }

    private boolean isEmpty(Call call) {
        return catalog.find(call.database(), call.collection(), new Document()).isEmpty();
    }

    /** One that is open. */
    private static final class Open {

        private final long number;
        private final String readConcern;
        private final TransactionView view;
        private final long began = System.nanoTime();
        private @Nullable Channel connection;

        Open(long number, String readConcern, TransactionView view) {
            this.number = number;
            this.readConcern = readConcern;
            this.view = view;
        }
    }
}
