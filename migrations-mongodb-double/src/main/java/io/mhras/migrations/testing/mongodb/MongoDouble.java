package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.MongoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A server on a free port of this machine, empty at first; see the package. */
public final class MongoDouble implements AutoCloseable {

    private final DoubleBackend backend;
    private final MongoServer server;
    private final Topology topology;

    private MongoDouble(Topology topology) {
        this.topology = topology;
        backend = new DoubleBackend(topology);
        server = new MongoServer(backend);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** One server by itself, which refuses transactions. */
    public static MongoDouble standalone() {
        return new MongoDouble(Topology.STANDALONE);
    }

    /** A replica set of one member, which has transactions and retryable writes. */
    public static MongoDouble replicaSet() {
        return new MongoDouble(Topology.REPLICA_SET);
    }

    /** Its connection string, without a database. */
    public String url() {
        return "mongodb://127.0.0.1:" + port() + "/" + topology.urlOptions();
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return server.getLocalAddress().getPort();
    }

    /** Takes these privilege actions, {@code inprog} for example, from all users. */
    public void deny(String... actions) {
        backend.deny(List.of(actions));
    }

    /** The ids of operations that were killed. */
    public List<Object> killed() {
        return List.copyOf(backend.operations().killed());
    }

    /** Drops everything, and every connection. */
    @Override
    public void close() {
        server.shutdownNow();
    }
}
