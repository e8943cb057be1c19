package io.mhras.migrations.testing;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A proxy in front of a PostgreSQL server that notes what clients send: each SQL text, and each round trip. */
public final class WireTap implements AutoCloseable {

    private final ProxyPort port;
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final List<Character> roundTrips = new CopyOnWriteArrayList<>();

    private WireTap(ProxyPort port) {
        this.port = port;
        port.accept(this::tap);
    }

    /** A tap on the way to the server of this JDBC URL. */
    public static WireTap on(String url) {
        return new WireTap(ProxyPort.before(url));
    }

    /** The JDBC URL that goes through the tap. */
    public String url() {
        return port.plainTextUrl();
    }

    /** The SQL texts since the last {@link #reset()}, in order. */
    public List<String> statements() {
        return List.copyOf(statements);
    }

    /** How often a client waited for the server since the last {@link #reset()}. */
    public int roundTrips() {
        return roundTrips.size();
    }

    /** Counts round trips from here on. */
    public void resetRoundTrips() {
        roundTrips.clear();
    }

    /** Forgets what was noted so far. */
    public void reset() {
        statements.clear();
        roundTrips.clear();
    }

    private void tap(Socket client) throws IOException {
        Socket server = port.connectToServer();
        AtomicBoolean hasAnswered = new AtomicBoolean();
        ProxyPort.background(() -> forward(client, server, hasAnswered));
        ProxyPort.background(() -> answer(client, server, hasAnswered));
    }

    private static void answer(Socket client, Socket server, AtomicBoolean hasAnswered) throws IOException {
        byte[] buffer = new byte[8192];
        try (client;
                server) {
            for (int read = server.getInputStream().read(buffer);
                    read >= 0;
                    read = server.getInputStream().read(buffer)) {
                hasAnswered.set(true);
                client.getOutputStream().write(buffer, 0, read);
            }
        }
    }

    private void forward(Socket client, Socket server, AtomicBoolean hasAnswered) throws IOException {
        try (client;
                server) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
            byte[] startup = in.readNBytes(in.readInt() - 4);
            out.writeInt(startup.length + 4);
            out.write(startup);
            out.flush();
            for (int type = in.read(); type >= 0; type = in.read()) {
                byte[] body = in.readNBytes(in.readInt() - 4);
                note((char) type, body, hasAnswered);
                out.writeByte(type);
                out.writeInt(body.length + 4);
                out.write(body);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        }
    }

    private void note(char type, byte[] body, AtomicBoolean hasAnswered) {
        if (type == 'Q') {
            statements.add(text(body, 0));
        } else if (type == 'P') {
            statements.add(text(body, text(body, 0).getBytes(StandardCharsets.UTF_8).length + 1));
        }
        // Several in a row, as pgjdbc sends BEGIN and what comes first after it, are one wait.
        if ((type == 'Q' || type == 'S') && hasAnswered.getAndSet(false)) {
            roundTrips.add(type);
        }
    }

    private static String text(byte[] body, int from) {
        int end = from;
        while (body[end] != 0) {
            end++;
        }
        return new String(body, from, end - from, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        port.close();
    }
}
