package io.mhras.migrations.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Speaks just enough of PostgreSQL's protocol to say that the password is wrong: the embedded server trusts everyone. */
public final class RejectingServer implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int CLEARTEXT_PASSWORD = 3;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("localhost"));

    /** Listens on a free port. */
    public RejectingServer() throws IOException {
        Thread thread = new Thread(this::serve, "rejecting-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
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

    private static void reject(DataInputStream in, DataOutputStream out) throws IOException {
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
        byte[] fields =
                "SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user \"clinic\"\0\0".getBytes(US_ASCII);
        out.writeByte('E');
        out.writeInt(fields.length + 4);
        out.write(fields);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
