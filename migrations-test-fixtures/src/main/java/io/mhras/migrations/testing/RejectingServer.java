package io.mhras.migrations.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks just enough of PostgreSQL's protocol to reject everybody: the embedded server trusts everyone. */
public final class RejectingServer implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int CLEARTEXT_PASSWORD = 3;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("localhost"));

    private final String state;
    private final String message;
    private final AtomicInteger rejected = new AtomicInteger();

    /** One that says that the password is wrong. */
    public RejectingServer() throws IOException {
        this("28P01", "password authentication failed for user \"clinic\"");
    }

    /** Listens on a free port, and answers with this error. */
    public RejectingServer(String state, String message) throws IOException {
        this.state = state;
        this.message = message;
        Thread thread = new Thread(this::serve, "rejecting-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many it has rejected. */
    public int rejected() {
        return rejected.get();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                reject(new DataInputStream(client.getInputStream()), new DataOutputStream(client.getOutputStream()));
            } catch (IOException e) {
                // The client, or the test, has gone.
            }
        }
    }

    private void reject(DataInputStream in, DataOutputStream out) throws IOException {
        int length = in.readInt();
        if (in.readInt() == SSL_REQUEST) {
            out.writeByte('N');
            length = in.readInt();
            in.readInt();
        }
        in.skipNBytes(length - 8L);
        out.writeByte('R');
        out.writeInt(8);
        out.writeInt(CLEARTEXT_PASSWORD);
        in.readByte();
        in.skipNBytes(in.readInt() - 4L);
        byte[] fields = ("SFATAL\0VFATAL\0C" + state + "\0M" + message + "\0\0").getBytes(US_ASCII);
        out.writeByte('E');
        out.writeInt(fields.length + 4);
        out.write(fields);
        out.flush();
        rejected.incrementAndGet();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
