package io.mhras.migrations.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a proxy in front of a PostgreSQL server listens: a free port of this machine. */
public final class ProxyPort implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):(\\d+)/");

    private final ServerSocket listening;
    private final String serverHost;
    private final int serverPort;
    private final String url;

    private ProxyPort(String serverUrl) throws IOException {
        Matcher address = ADDRESS.matcher(serverUrl);
        if (!address.find()) {
            throw new IllegalArgumentException(serverUrl);
        }
        this.serverHost = address.group(1);
        this.serverPort = Integer.parseInt(address.group(2));
        InetAddress here = InetAddress.getLoopbackAddress();
        this.listening = new ServerSocket(0, 50, here);
        this.url = address.replaceFirst("//" + here.getHostAddress() + ":" + listening.getLocalPort() + "/");
    }

    /** Something that a connection may end at any time. */
    @FunctionalInterface
    public interface Task {
        void run() throws IOException;
    }

    /** What is done with each client. */
    @FunctionalInterface
    public interface Welcome {
        void to(Socket client) throws IOException;
    }

    /** A port on the way to the server of this JDBC URL. */
    public static ProxyPort before(String serverUrl) {
        try {
            return new ProxyPort(serverUrl);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's JDBC URL with this port in place of the server's. */
    public String url() {
        return url;
    }

    /** The same, for a proxy that has to understand what passes. */
    public String plainTextUrl() {
        return url + "&sslmode=disable&gssEncMode=disable";
    }

    /** A new connection to the server. */
    public Socket connectToServer() throws IOException {
        Socket server = new Socket(serverHost, serverPort);
        server.setTcpNoDelay(true);
        return server;
    }

    /** Welcomes each client, one after the other, in a thread of its own. One that cannot be served is hung up on. */
    public void accept(Welcome welcome) {
        background(() -> {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                try {
                    client.setTcpNoDelay(true);
                    welcome.to(client);
                } catch (IOException e) {
                    client.close();
                }
            }
        });
    }

    /** Sockets close when their other end does; that is no failure. */
    public static void background(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Accepts no more clients; those that there are go on. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
