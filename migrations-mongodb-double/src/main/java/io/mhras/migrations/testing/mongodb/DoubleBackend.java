package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mhras.migrations.testing.mongodb.aggregation.PipelineRun;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/** Takes each command, one at a time, to what answers it. */
final class DoubleBackend extends MemoryBackend {

    private final Topology topology;
    private final Catalog catalog = new Catalog(this);
    private final Connections connections = new Connections();
    private final CollectionCommands collections = new CollectionCommands(this, catalog);
    private final IndexCommands indexes = new IndexCommands(this, catalog);
    private final WriteCommands writes = new WriteCommands(this, catalog);
    private final ReadCommands reads = new ReadCommands(this, catalog);
    private final UserCommands users = new UserCommands();
    private final RoleCommands roles = new RoleCommands();
    private final Transactions transactions = new Transactions(this, catalog);
    private final ClusterClock clock = new ClusterClock();
    private final RetriedWrites retriedWrites = new RetriedWrites();
    private final Privileges privileges = new Privileges();
    private final FailPoints failPoints = new FailPoints();
    private final Operations operations = new Operations(connections);

    DoubleBackend(Topology topology) {
        this.topology = topology;
        version(Version7.INSTANCE);
    }

    /** A command that goes to mongo-java-server as it is. */
    interface Plain {
        Document run(String command, Document query);
    }

    @Override
    public MemoryDatabase openOrCreateDatabase(String name) {
        return new DoubleDatabase(name, getCursorRegistry(), catalog, indexes);
    }

    /** Within a transaction its own copy. */
    @Override
    public MongoDatabase resolveDatabase(String name) {
        TransactionView view = transactions == null ? null : transactions.current();
        return view == null ? super.resolveDatabase(name) : view.database(name);
    }

    DoubleDatabase realDatabase(String name) {
        return (DoubleDatabase) super.resolveDatabase(name);
    }

    List<String> databaseNames() {
        return List.copyOf(listDatabaseNames());
    }

    @Override
    public synchronized Document handleCommand(Channel channel, String database, String command, Document query) {
        Document answer = explained(channel, database, command, query);
        return topology == Topology.REPLICA_SET ? clock.stamped(answer) : answer;
    }

    /** A validator's refusal that is the whole answer says what was refused. */
    private Document explained(Channel channel, String database, String command, Document query) {
        catalog.violations().begin(query);
        Document answer;
        try {
            answer = unstamped(channel, database, command, query);
        } catch (MongoServerError e) {
            if (!Violations.is(e.getCode())) {
                throw e;
            }
            answer = Errors.answer(e);
        }
        catalog.violations().explain(List.of(answer));
        return answer;
    }

    private Document unstamped(Channel channel, String database, String command, Document query) {
        Call call = new Call(
                database, command, query, (name, plain) -> super.handleCommand(channel, database, name, plain));
        if (query.containsKey("autocommit")) {
            return transactions.answer(call, topology, channel, () -> allowed(channel, call));
        }
        transactions.besideThem(call);
        return topology == Topology.REPLICA_SET
                ? retriedWrites.answer(query, () -> allowed(channel, call))
                : allowed(channel, call);
    }

    /** Not before the driver has its connections may anything be in their way. */
    private Document allowed(Channel channel, Call call) {
        StableApi.check(call);
        privileges.check(call);
        CommandRules.check(call);
        return failPoints.answer(call, channel, () -> answer(channel, call));
    }

    PipelineRun pipeline(String database) {
        return new PipelineRun(this::resolveDatabase, resolveDatabase(database), name -> reads.all(database, name));
    }

    IndexCommands indexes() {
        return indexes;
    }

    Operations operations() {
        return operations;
    }

    void deny(List<String> actions) {
        privileges.deny(actions);
    }

    @Override
    public synchronized void handleClose(Channel channel) {
        super.handleClose(channel);
        transactions.closed(channel);
        connections.closed(channel);
    }

    private Document answer(Channel channel, Call call) {
        return switch (call.name().toLowerCase(Locale.ROOT)) {
            case "hello", "ismaster" -> hello(channel, call);
            case "endsessions", "refreshsessions", "startsession", "committransaction" -> Commands.ok();
            case "killsessions" -> transactions.kill(call);
            case "showoperation" -> operations.add(call);
            case "killop" -> operations.kill(call);
            case "configurefailpoint" -> failPoints.configure(call);
            case "getparameter", "setparameter" -> transactions.parameter(call);
            case "create" -> collections.create(call);
            case "collmod" -> collections.modify(call);
            case "listcollections" -> collections.list(call);
            case "drop" -> collections.drop(call);
            case "dropdatabase" -> collections.dropDatabase(call);
            case "renamecollection" -> collections.rename(call);
            case "converttocapped" -> collections.convertToCapped(call);
            case "listdatabases" -> collections.listDatabases();
            case "createindexes" -> indexes.create(call);
            case "dropindexes" -> indexes.drop(call);
            case "listindexes" -> indexes.list(call);
            case "reindex" -> indexes.rebuild(call, topology);
            case "explain" -> ReadCommands.explain(call);
            case "insert" -> writes.insert(call);
            case "update" -> writes.update(call);
            case "findandmodify" -> writes.findAndModify(call);
            case "delete" -> writes.delete(call);
            case "find" -> reads.find(call);
            case "aggregate" -> reads.aggregate(call);
            case "count" -> reads.count(call);
            case "distinct" -> reads.distinct(call);
            case "createuser",
                    "updateuser",
                    "dropuser",
                    "dropallusersfromdatabase",
                    "usersinfo",
                    "grantrolestouser",
                    "revokerolesfromuser" -> users.answer(call);
            case "createrole",
                    "updaterole",
                    "droprole",
                    "dropallrolesfromdatabase",
                    "rolesinfo",
                    "grantrolestorole",
                    "revokerolesfromrole",
                    "grantprivilegestorole",
                    "revokeprivilegesfromrole" -> roles.answer(call);
            default -> call.plain();
        };
    }

    private Document hello(Channel channel, Call call) {
        connections.greeted(channel, call.query());
        Document answer = call.plain("ismaster", call.query());
        answer.append("isWritablePrimary", true)
                .append("helloOk", true)
                .append("logicalSessionTimeoutMinutes", 30)
                .append("connectionId", 1)
                .append("readOnly", false);
        int port = ((InetSocketAddress) channel.localAddress()).getPort();
        answer.putAll(topology.hello("127.0.0.1:" + port));
        return answer;
    }
}
