package io.mhras.migrations.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A port that refuses connections until it is opened, as that of a server which is started later. */
public final class ClosedPort implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):(\\d+)/");

    private final String host;
    private final int serverPort;
    private final int port;
    private final String url;
    private @Nullable ServerSocket listening;

    private ClosedPort(String serverUrl) throws IOException {
        Matcher address = ADDRESS.matcher(serverUrl);
        if (!address.find()) {
            throw new IllegalArgumentException(serverUrl);
        }
        this.host = address.group(1);
        this.serverPort = Integer.parseInt(address.group(2));
        try (ServerSocket free = new ServerSocket(0, 50, InetAddress.getByName("localhost"))) {
            this.port = free.getLocalPort();
        }
        this.url = address.replaceFirst("//localhost:" + port + "/");
    }

    /** A port on the way to the server of this URL. */
    public static ClosedPort before(String serverUrl) {
        try {
            return new ClosedPort(serverUrl);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's URL with this port in place of the server's. */
    public String url() {
        return url;
    }

    /** From now on it leads to the server. */
    public void open() {
        try {
            ServerSocket opened = new ServerSocket(port, 50, InetAddress.getByName("localhost"));
            listening = opened;
            ProxyPort.background(() -> {
                while (!opened.isClosed()) {
                    Socket client = opened.accept();
                    Socket server = new Socket(host, serverPort);
                    ProxyPort.background(() -> pass(client, server));
                    ProxyPort.background(() -> pass(server, client));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    @Override
    public void close() {
        try {
            if (listening != null) {
                listening.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
