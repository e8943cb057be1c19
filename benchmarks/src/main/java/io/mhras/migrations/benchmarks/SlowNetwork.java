package io.mhras.migrations.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy in front of the server whose wires are long: each byte arrives so much later, and as many at a time as before. */
final class SlowNetwork implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):(\\d+)/");

    private final ServerSocket listening;
    private final String host;
    private final int port;
    private final String url;
    private final Duration oneWay;

    private SlowNetwork(String url, Duration oneWay) throws IOException {
        Matcher address = ADDRESS.matcher(url);
        if (!address.find()) {
            throw new IllegalArgumentException(url);
        }
        this.host = address.group(1);
        this.port = Integer.parseInt(address.group(2));
        this.oneWay = oneWay;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.url = address.replaceFirst(
                "//" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + listening.getLocalPort() + "/");
        background(this::accept);
    }

    /** A long way to the server of this JDBC URL. */
    static SlowNetwork to(String url, Duration oneWay) {
        try {
            return new SlowNetwork(url, oneWay);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JDBC URL that goes this way. */
    String url() {
        return url;
    }

    private void accept() throws IOException {
        while (!listening.isClosed()) {
            Socket client = listening.accept();
            Socket server = new Socket(host, port);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            connect(client, server);
            connect(server, client);
        }
    }

    /** What is on its way: some bytes, and when they are there; none at the end. */
    private record Packet(ByteBuffer bytes, long dueNanos) {}

    private void connect(Socket from, Socket to) {
        BlockingQueue<Packet> onTheWay = new LinkedBlockingQueue<>();
        background(() -> {
            try {
                InputStream in = from.getInputStream();
                byte[] buffer = new byte[65_536];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    onTheWay.add(packet(Arrays.copyOf(buffer, read)));
                }
            } finally {
                onTheWay.add(packet(new byte[0]));
            }
        });
        background(() -> {
            try (to) {
                OutputStream out = to.getOutputStream();
                for (Packet packet = take(onTheWay); packet.bytes().hasRemaining(); packet = take(onTheWay)) {
                    while (packet.dueNanos() - System.nanoTime() > 0) {
                        LockSupport.parkNanos(packet.dueNanos() - System.nanoTime());
                    }
                    out.write(packet.bytes().array());
                }
            }
        });
    }

    private Packet packet(byte[] bytes) {
        return new Packet(ByteBuffer.wrap(bytes), System.nanoTime() + oneWay.toNanos());
    }

    private static Packet take(BlockingQueue<Packet> onTheWay) {
        try {
            return onTheWay.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    /** Sockets close when their other end does; that is no failure. */
    private static void background(Task task) {
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

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
