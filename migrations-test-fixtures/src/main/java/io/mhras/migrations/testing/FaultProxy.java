package io.mhras.migrations.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A proxy in front of a PostgreSQL server that cuts or freezes connections at a given place. */
public final class FaultProxy implements AutoCloseable {

    /** What messages are counted by: the first of these that they have. */
    public static final List<String> WORDS = List.of("COMMIT", "CONCURRENTLY");

    private final ProxyPort port;
    private final Map<Direction, Long> passed = new EnumMap<>(Direction.class);
    private final Map<String, Long> sent = new HashMap<>();
    private @Nullable Fault armed;

    /** Which way bytes go. */
    public enum Direction {
        /** What the client sends. */
        TO_SERVER,
        /** What the server answers. */
        TO_CLIENT
    }

    /** What is to happen, and where; it happens once. */
    public sealed interface Fault {}

    /** Cuts the connection when so many bytes have passed in one direction. */
    public record Cut(Direction direction, long bytes, Manner manner) implements Fault {}

    /** Lets nothing pass for a while when so many bytes have passed in one direction. */
    public record Stall(Direction direction, long bytes, Duration duration, Then then) implements Fault {}

    /** Cuts the connection after the message that has this word for the nth time: the client does not learn the outcome. */
    public record CutAfter(String word, long nth, Server server) implements Fault {}

    /** How a connection ends. */
    public enum Manner {
        /** In order: what was sent arrives. */
        CLOSE,
        /** At once: what was not read yet is lost. */
        RESET
    }

    /** What follows a time in which nothing passes. */
    public enum Then {
        /** The connection is cut. */
        CUT,
        /** Everything passes, as if nothing had been. */
        RELEASE
    }

    /** How far the server has come when the connection is cut. */
    public enum Server {
        /** Unknown. */
        MAY_HAVE_ANSWERED,
        /** It has done its work, and its answer is lost. */
        HAS_ANSWERED
    }

    private FaultProxy(ProxyPort port) {
        this.port = port;
        port.accept(client -> new Connection(client, port.connectToServer()).begin());
    }

    /** A proxy on the way to the server of this JDBC URL. */
    public static FaultProxy on(String url) {
        return new FaultProxy(ProxyPort.before(url));
    }

    /** The JDBC URL that goes through the proxy. */
    public String url() {
        return port.plainTextUrl();
    }

    /** Says what is to happen, and counts from here on. */
    public synchronized void arm(@Nullable Fault fault) {
        passed.clear();
        sent.clear();
        armed = fault;
    }

    /** How many bytes have passed. */
    public synchronized long passed(Direction direction) {
        return passed.getOrDefault(direction, 0L);
    }

    /** How many messages with this word have passed, which is one of {@link #WORDS}. */
    public synchronized long sent(String word) {
        return sent.getOrDefault(word, 0L);
    }

    /** How many of these bytes pass before the fault; all of them if there is none in them. */
    private synchronized int passing(Direction direction, int length) {
        long before = passed(direction);
        int passing = length;
        if (armed instanceof Cut cut && cut.direction() == direction) {
            passing = (int) Math.max(0, Math.min(length, cut.bytes() - before));
        } else if (armed instanceof Stall stall && stall.direction() == direction) {
            passing = (int) Math.max(0, Math.min(length, stall.bytes() - before));
        }
        passed.put(direction, before + length);
        return passing;
    }

    private synchronized @Nullable Fault take() {
        Fault fault = armed;
        armed = null;
        return fault;
    }

    /** The fault, if this message is the one that it waits for. */
    private synchronized @Nullable CutAfter takeIfAwaited(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String word = WORDS.stream().filter(text::contains).findFirst().orElse("");
        sent.merge(word, 1L, Long::sum);
        if (armed instanceof CutAfter cut && cut.word().equals(word) && sent(word) == cut.nth()) {
            armed = null;
            return cut;
        }
        return null;
    }

    private final class Connection {

        private final Socket client;
        private final Socket server;
        private final AtomicBoolean cutsOnAnswer = new AtomicBoolean();
        private volatile CountDownLatch gate = new CountDownLatch(0);

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void begin() {
            ProxyPort.background(this::toServer);
            ProxyPort.background(this::toClient);
        }

        private void toServer() throws IOException {
            try (client;
                    server) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                OutputStream out = server.getOutputStream();
                int length = in.readInt();
                pass(Direction.TO_SERVER, message(null, in.readNBytes(length - 4)), out);
                for (int type = in.read(); type >= 0; type = in.read()) {
                    byte[] body = in.readNBytes(in.readInt() - 4);
                    CutAfter fault = type == 'Q' || type == 'P' ? takeIfAwaited(body) : null;
                    cutsOnAnswer.compareAndSet(false, fault != null && fault.server() == Server.HAS_ANSWERED);
                    pass(Direction.TO_SERVER, message((byte) type, body), out);
                    if (fault != null && fault.server() == Server.MAY_HAVE_ANSWERED) {
                        cut(Manner.CLOSE);
                    }
                }
            }
        }

        private void toClient() throws IOException {
            try (client;
                    server) {
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                byte[] buffer = new byte[8192];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (cutsOnAnswer.get()) {
                        cut(Manner.RESET);
                        return;
                    }
                    pass(Direction.TO_CLIENT, ByteBuffer.wrap(buffer, 0, read).slice(), out);
                }
            }
        }

        private static ByteBuffer message(@Nullable Byte type, byte[] body) {
            ByteBuffer message = ByteBuffer.allocate(body.length + (type == null ? 4 : 5));
            if (type != null) {
                message.put(type);
            }
            return message.putInt(body.length + 4).put(body).flip();
        }

        private void pass(Direction direction, ByteBuffer bytes, OutputStream out) throws IOException {
            awaitRelease(gate);
            int length = bytes.remaining();
            int passing = passing(direction, length);
            out.write(bytes.array(), bytes.arrayOffset(), passing);
            out.flush();
            if (passing < length) {
                happens(take());
                out.write(bytes.array(), bytes.arrayOffset() + passing, length - passing);
                out.flush();
            }
        }

        private void happens(@Nullable Fault fault) throws IOException {
            if (fault instanceof Cut cut) {
                cut(cut.manner());
            } else if (fault instanceof Stall stall) {
                gate = new CountDownLatch(1);
                sleep(stall.duration());
                if (stall.then() == Then.CUT) {
                    cut(Manner.RESET);
                }
                gate.countDown();
            }
        }

        private void cut(Manner manner) throws IOException {
            if (manner == Manner.RESET) {
                client.setSoLinger(true, 0);
                server.setSoLinger(true, 0);
            }
            client.close();
            server.close();
        }
    }

    private static void sleep(Duration duration) throws IOException {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void awaitRelease(CountDownLatch gate) throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Accepts no more connections; those that there are go on. */
    @Override
    public void close() {
        port.close();
    }
}
