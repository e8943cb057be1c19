package io.mhras.migrations.benchmarks;

import io.mhras.migrations.testing.ProxyPort;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** A proxy in front of the server whose wires are long: each byte arrives so much later, and as many at a time as before. */
final class SlowNetwork implements AutoCloseable {

    private final ProxyPort port;
    private final Duration oneWay;

    private SlowNetwork(ProxyPort port, Duration oneWay) {
        this.port = port;
        this.oneWay = oneWay;
        port.accept(client -> {
            Socket server = port.connectToServer();
            connect(client, server);
            connect(server, client);
        });
    }

    /** A long way to the server of this JDBC URL. */
    static SlowNetwork to(String url, Duration oneWay) {
        return new SlowNetwork(ProxyPort.before(url), oneWay);
    }

    /** The JDBC URL that goes this way. */
    String url() {
        return port.url();
    }

    /** What is on its way: some bytes, and when they are there; none at the end. */
    private record Packet(ByteBuffer bytes, long dueNanos) {}

    private void connect(Socket from, Socket to) {
        BlockingQueue<Packet> onTheWay = new LinkedBlockingQueue<>();
        ProxyPort.background(() -> {
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
        ProxyPort.background(() -> {
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

    @Override
    public void close() {
        port.close();
    }
}
