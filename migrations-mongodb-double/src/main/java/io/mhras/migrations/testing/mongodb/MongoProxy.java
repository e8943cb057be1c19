package io.mhras.migrations.testing.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to a MongoDB server that ends at a given message, as it does for a process that is killed: from then on nothing
 * passes.
 */
public final class MongoProxy implements AutoCloseable {

    private static final Pattern LOGIN = Pattern.compile("^mongodb://[^/]*@");

    private final ServerSocket listening;
    private final ServerAddress server;
    private final String login;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private Predicate<String> isLast = message -> false;
    private Moment moment = Moment.BEFORE_IT_ARRIVES;
    private int messages;
    private boolean isCut;

    /** When a way ends. */
    public enum Moment {
        /** The server does not get the message. */
        BEFORE_IT_ARRIVES,
        /** The server does what it says, and its answer is lost. */
        BEFORE_THE_ANSWER
    }

    private MongoProxy(ServerAddress server, String login) throws IOException {
        this.server = server;
        this.login = login;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        background(this::accept);
    }

    /** A way to the first server of this connection string. */
    public static MongoProxy to(String url) {
        Matcher login = LOGIN.matcher(url);
        String host = new ConnectionString(url).getHosts().get(0);
        try {
            return new MongoProxy(new ServerAddress(host), login.find() ? login.group() : "mongodb://");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The connection string that goes this way, and does not take long to find out that it has ended. */
    public String url() {
        return login + "127.0.0.1:" + listening.getLocalPort()
                + "/?directConnection=true&serverSelectionTimeoutMS=300&heartbeatFrequencyMS=500&authSource=admin"
                // Else a server goes on answering the one question how it is, and here each answer has its question.
                + "&serverMonitoringMode=poll";
    }

    /** Says at which message the way ends. A message is its bytes, as Latin-1. */
    public synchronized void endAt(Moment newMoment, Predicate<String> message) {
        moment = newMoment;
        isLast = message;
    }

    /** The same for the nth message from here on, of those with a command in them that this client was told to send. */
    public synchronized void endAt(Moment newMoment, int nth) {
        messages = 0;
        endAt(newMoment, message -> isOfOurs(message) && ++messages == nth);
    }

    private static boolean isOfOurs(String message) {
        return !message.contains("hello") && !message.contains("isMaster") && !message.contains("endSessions");
    }

    /** Whether the way has ended. */
    public synchronized boolean isCut() {
        return isCut;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            if (isCut()) {
                client.close();
                continue;
            }
            Socket toServer = new Socket(server.getHost(), server.getPort());
            client.setTcpNoDelay(true);
            toServer.setTcpNoDelay(true);
            open.add(client);
            open.add(toServer);
            background(() -> serve(client, toServer));
        }
    }

    /** A client waits for the answer to a message before it sends the next one on the same connection. */
    private void serve(Socket client, Socket toServer) throws IOException {
        try (client;
                toServer) {
            DataInputStream fromClient = new DataInputStream(client.getInputStream());
            DataInputStream fromServer = new DataInputStream(toServer.getInputStream());
            while (true) {
                byte[] message = message(fromClient);
                boolean ends = endsAt(new String(message, StandardCharsets.ISO_8859_1));
                if (ends && moment == Moment.BEFORE_IT_ARRIVES) {
                    return;
                }
                send(message, toServer.getOutputStream());
                byte[] answer = message(fromServer);
                if (ends || isCut()) {
                    return;
                }
                send(answer, client.getOutputStream());
            }
        } finally {
            if (isCut()) {
                cutAll();
            }
        }
    }

    private synchronized boolean endsAt(String message) {
        if (!isCut && isLast.test(message)) {
            isCut = true;
            return true;
        }
        return false;
    }

    private void cutAll() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    private static byte[] message(DataInputStream in) throws IOException {
        byte[] length = in.readNBytes(4);
        if (length.length < 4) {
            throw new IOException("closed");
        }
        int size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
        byte[] message = new byte[size];
        System.arraycopy(length, 0, message, 0, 4);
        in.readFully(message, 4, size - 4);
        return message;
    }

    private static void send(byte[] message, OutputStream out) throws IOException {
        out.write(message);
        out.flush();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void background(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The connection is over.
                    }
                },
                "mongo proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cutAll();
    }
}
