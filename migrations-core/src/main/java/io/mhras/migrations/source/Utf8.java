package io.mhras.migrations.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mhras.migrations.Checksum;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.source.Location.FoundFile;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The content of a file that is text in UTF-8, without byte order mark: hashed while it is read, and not held. */
final class Utf8 extends FilterInputStream {

    private static final int MAX_HELD_BYTES = 1_000_000;
    static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final FoundFile file;
    private final Checksum checksum = new Checksum();

    /** What it was when it was read before; null the first time. */
    private final @Nullable String expected;

    private @Nullable String actual;
    private boolean hasNul;

    private Utf8(FoundFile file, @Nullable String expected) throws IOException {
        super(new PushbackInputStream(file.resource().getInputStream(), BYTE_ORDER_MARK.length));
        this.file = file;
        this.expected = expected;
        byte[] start = in.readNBytes(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(start, BYTE_ORDER_MARK)) {
            ((PushbackInputStream) in).unread(start);
        }
    }

    static Utf8 open(FoundFile file) throws IOException {
        return new Utf8(file, null);
    }

    /**
     * The text of a file that was read before: what runs must be what was checked and planned, and what the history will
     * say.
     *
     * <p>A file that is too long to be held is read through first, so that nothing of a changed one runs. Then it is
     * checked again while it runs, before anyone is told of its end.
     *
     * @throws InvalidMigration if it was changed
     */
    static Reader reopen(FoundFile file, String checksum) throws IOException {
        try (Utf8 content = new Utf8(file, checksum)) {
            byte[] start = content.readNBytes(MAX_HELD_BYTES);
            boolean isWhole = content.transferTo(OutputStream.nullOutputStream()) == 0;
            if (isWhole) {
                return new InputStreamReader(new ByteArrayInputStream(start), UTF_8);
            }
        }
        return new InputStreamReader(new Utf8(file, checksum), UTF_8);
    }

    /** The text. Bytes that do not belong there are an IOException; {@link #check} says where they are. */
    Reader reader() {
        return new InputStreamReader(this, UTF_8.newDecoder());
    }

    /** The checksum of what has been read, once that is all. */
    String checksum() {
        String known = actual;
        if (known == null) {
            known = checksum.finish();
            actual = known;
        }
        return known;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int count = in.read(target, from, length);
        if (count < 0) {
            atEnd();
            return count;
        }
        checksum.add(target, from, from + count);
        for (int i = from; i < from + count; i++) {
            hasNul |= target[i] == 0;
        }
        return count;
    }

    private void atEnd() throws IOException {
        if (expected == null && hasNul) {
            throw new CharConversionException("NUL");
        }
        if (expected != null && !expected.equals(checksum())) {
            throw new InvalidMigration(
                    "the file was changed while the migrations were at work.",
                    SourceLocation.of(file.location()),
                    "Start again, with files that nothing else writes to.");
        }
    }

    /**
     * Looks for what is wrong in a file.
     *
     * @throws InvalidMigration with the first byte that is not UTF-8; or else the first that no database accepts
     */
    static void check(FoundFile file) {
        try (InputStream in = file.resource().getInputStream()) {
            new WrongByte(file.location()).refuse(in);
        } catch (IOException e) {
            throw InvalidMigration.unreadable(file.location(), e);
        }
    }
}
