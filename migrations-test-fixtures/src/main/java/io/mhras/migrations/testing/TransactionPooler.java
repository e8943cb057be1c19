package io.mhras.migrations.testing;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A connection pooler in front of a PostgreSQL server, after PgBouncer: it lends a server session for a transaction or for as
 * long as a client stays, the one that was given back last before all others.
 */
public final class TransactionPooler implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CANCEL_REQUEST = 80877102;

    /** As PgBouncer puts it. */
    private static final byte[] REFUSAL =
            "SFATAL\0C08P01\0Mtransaction blocks not allowed in statement pooling mode\0\0"
                    .getBytes(StandardCharsets.UTF_8);

    private enum Mode {
        TRANSACTION {
            @Override
            boolean keeps(char status) {
                return status != ServerSession.IDLE;
            }
        },
        SESSION {
            @Override
            boolean keeps(char status) {
                return true;
            }
        },
        STATEMENT {
            @Override
            boolean keeps(char status) {
                return false;
            }
        };

        /** Whether a client keeps its server session when the server says so. */
        abstract boolean keeps(char status);
    }

    private final ProxyPort port;
    private final String serverUrl;
    private final Map<String, String> parameters;
    private final Mode mode;
    private final Semaphore permits;
    private final Deque<ServerSession> idle = new ArrayDeque<>();
    private final AtomicInteger clients = new AtomicInteger();
    private int transactionsUntilSwitch;
    private @Nullable ServerSession aside;

    private TransactionPooler(String url, int size, Mode mode) throws IOException {
        this.serverUrl = url;
        ServerSession first = ServerSession.open(url);
        this.parameters = first.parameters();
        idle.push(first);
        this.mode = mode;
        this.permits = new Semaphore(size, true);
        this.port = ProxyPort.before(url);
        port.accept(client -> ProxyPort.background(() -> serve(client)));
    }

    /** One that gives each transaction another server session, of at most so many. */
    public static TransactionPooler on(String url, int size) {
        return on(url, size, Mode.TRANSACTION);
    }

    /** One that keeps a server session for each client. */
    public static TransactionPooler keepingSessions(String url, int size) {
        return on(url, size, Mode.SESSION);
    }

    /** One that gives each message another server session, and ends a client that is in a transaction after it. */
    public static TransactionPooler refusingTransactions(String url, int size) {
        return on(url, size, Mode.STATEMENT);
    }

    private static TransactionPooler on(String url, int size, Mode mode) {
        try {
            return new TransactionPooler(url, size, mode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JDBC URL that goes through the pooler. */
    public String url() {
        return port.plainTextUrl() + "&prepareThreshold=0";
    }

    /** Gives the n-th transaction from now, from 1, another session than its turn, as if a client were at work for a moment. */
    public synchronized void switchAt(int transaction) {
        transactionsUntilSwitch = transaction;
    }

    /** Whether that n-th transaction has not come. */
    public synchronized boolean isSwitchPending() {
        return transactionsUntilSwitch > 0;
    }

    private void serve(Socket client) throws IOException {
        ServerSession server = null;
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
            if (!isWelcomed(in, out)) {
                return;
            }
            for (int type = in.read(); type >= 0 && type != 'X'; type = in.read()) {
                byte[] body = in.readNBytes(in.readInt() - 4);
                server = server == null ? take() : server;
                server.send(type, body);
                if (!ServerSession.isAnswered(type)) {
                    continue;
                }
                char status = server.relayAnswer(out, mode == Mode.STATEMENT ? REFUSAL : new byte[0]);
                if (mode == Mode.STATEMENT && status != ServerSession.IDLE) {
                    return;
                }
                if (!mode.keeps(status)) {
                    giveBack(server);
                    server = null;
                }
            }
        } finally {
            if (server != null) {
                end(server);
            }
        }
    }

    private boolean isWelcomed(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            byte[] startup = in.readNBytes(in.readInt() - 4);
            int code = ByteBuffer.wrap(startup).getInt();
            if (code == CANCEL_REQUEST) {
                return false;
            }
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                break;
            }
            out.writeByte('N');
            out.flush();
        }
        ServerSession.write(out, 'R', new byte[4]);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String text = parameter.getKey() + '\0' + parameter.getValue() + '\0';
            ServerSession.write(out, 'S', text.getBytes(StandardCharsets.UTF_8));
        }
        int madeUpProcess = -clients.incrementAndGet();
        ServerSession.write(
                out, 'K', ByteBuffer.allocate(8).putInt(madeUpProcess).array());
        ServerSession.write(out, 'Z', new byte[] {ServerSession.IDLE});
        out.flush();
        return true;
    }

    private ServerSession take() throws IOException {
        permits.acquireUninterruptibly();
        synchronized (this) {
            if (transactionsUntilSwitch > 0 && --transactionsUntilSwitch == 0) {
                aside = idle.poll();
            }
            ServerSession found = idle.poll();
            return found == null ? ServerSession.open(serverUrl) : found;
        }
    }

    private void giveBack(ServerSession server) {
        synchronized (this) {
            idle.push(server);
            if (aside != null) {
                idle.push(aside);
                aside = null;
            }
        }
        permits.release();
    }

    /** The client is gone. */
    private void end(ServerSession server) throws IOException {
        if (server.isIdle()) {
            server.discardAll();
            giveBack(server);
        } else {
            server.close();
            permits.release();
        }
    }

    @Override
    public synchronized void close() {
        try {
            port.close();
            for (ServerSession server : idle) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
