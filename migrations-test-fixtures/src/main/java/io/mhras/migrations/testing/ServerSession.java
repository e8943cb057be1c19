package io.mhras.migrations.testing;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import javax.net.SocketFactory;
import org.postgresql.PGConnection;

/** A session of a PostgreSQL server at the level of the wire protocol: pgjdbc logs in, and leaves its socket to us. */
final class ServerSession {

    static final char IDLE = 'I';
    private static final char COPY_IN = 'G';
    private static final char READY = 'Z';
    private static final char ERROR = 'E';

    private final Connection owner;
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private char status = IDLE;

    private ServerSession(Connection owner, Socket socket) throws IOException {
        this.owner = owner;
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    static ServerSession open(String url) throws IOException {
        try {
            String plain = "&sslmode=disable&gssEncMode=disable&socketFactory=" + Sockets.class.getName();
            Connection owner = DriverManager.getConnection(url + plain);
            return new ServerSession(owner, Sockets.LAST.get());
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** What the server has reported of its settings. */
    Map<String, String> parameters() throws IOException {
        try {
            return owner.unwrap(PGConnection.class).getParameterStatuses();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    boolean isIdle() {
        return status == IDLE;
    }

    /** Whether the client waits after such a message. */
    static boolean isAnswered(int type) {
        return "QSFcf".indexOf(type) >= 0;
    }

    void send(int type, byte[] body) throws IOException {
        write(out, type, body);
        if (isAnswered(type)) {
            out.flush();
        }
    }

    static void write(DataOutputStream out, int type, byte[] body) throws IOException {
        out.writeByte(type);
        out.writeInt(body.length + 4);
        out.write(body);
    }

    /** Passes on what the server sends until it waits for the client; returns whether a transaction is open then. */
    char relayAnswer(DataOutputStream client) throws IOException {
        return relayAnswer(client, new byte[0]);
    }

    /** The same; if a transaction is open, ends the client's session with this error, unless it is empty. */
    char relayAnswer(DataOutputStream client, byte[] refusal) throws IOException {
        status = READY;
        for (int type = 0; type != READY && type != COPY_IN; ) {
            type = in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - 4);
            if (type == READY) {
                status = (char) body[0];
            }
            boolean isRefused = type == READY && status != IDLE && refusal.length > 0;
            write(client, isRefused ? ERROR : type, isRefused ? refusal : body);
        }
        client.flush();
        return status;
    }

    void discardAll() throws IOException {
        send('Q', "DISCARD ALL\0".getBytes(StandardCharsets.UTF_8));
        relayAnswer(new DataOutputStream(OutputStream.nullOutputStream()));
    }

    void close() throws IOException {
        socket.close();
    }

    /** Remembers the socket that pgjdbc, which makes this by its name, has got from it. */
    public static final class Sockets extends SocketFactory {

        private static final ThreadLocal<Socket> LAST = new ThreadLocal<>();

        @Override
        public Socket createSocket() {
            Socket socket = new Socket();
            LAST.set(socket);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
