package io.mhras.migrations.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mhras.migrations.Checksum;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.source.Location.FoundFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.StringReader;
import java.util.Arrays;

/** The content of a file that was read before: text in UTF-8, without byte order mark, and the same as it was. */
final class Utf8 extends FilterInputStream {

    private static final int MAX_HELD_BYTES = 1_000_000;
    static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final FoundFile file;
    private final String expected;
    private final Checksum checksum = new Checksum();
    private boolean atEnd;

    private Utf8(FoundFile file, String expected) throws IOException {
        super(new PushbackInputStream(file.source().getInputStream(), BYTE_ORDER_MARK.length));
        this.file = file;
        this.expected = expected;
        byte[] start = in.readNBytes(BYTE_ORDER_MARK.length);
        if (lengthOfMark(start, start.length) == 0) {
            ((PushbackInputStream) in).unread(start);
        }
    }

    /** How many bytes the byte order mark has that a text begins with; 0 without any. */
    static int lengthOfMark(byte[] text, int count) {
        int length = BYTE_ORDER_MARK.length;
        return count >= length && Arrays.equals(text, 0, length, BYTE_ORDER_MARK, 0, length) ? length : 0;
    }

    /**
     * The text of a file that was read before: what runs must be what was checked and planned, and what the history will
     * record.
     *
     * <p>For a file too long to be held in memory this is known only at its end: if it was changed, the reader gets the
     * error in place of the end.
     *
     * @throws InvalidMigration if it was changed
     */
    static Reader reopen(FoundFile file, String checksum) throws IOException {
        try (InputStream in = file.source().getInputStream()) {
            byte[] start = in.readNBytes(MAX_HELD_BYTES);
            if (start.length < MAX_HELD_BYTES) {
                return held(file, checksum, start);
            }
        }
        return new InputStreamReader(new Utf8(file, checksum), UTF_8);
    }

    private static Reader held(FoundFile file, String expected, byte[] content) {
        int start = lengthOfMark(content, content.length);
        Checksum checksum = new Checksum();
        checksum.add(content, start, content.length);
        if (!expected.equals(checksum.finish())) {
            throw changed(file);
        }
        return new StringReader(new String(content, start, content.length - start, UTF_8));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int count = in.read(target, from, length);
        if (count >= 0) {
            checksum.add(target, from, from + count);
        } else if (!atEnd) {
            atEnd = true;
            if (!expected.equals(checksum.finish())) {
                throw changed(file);
            }
        }
        return count;
    }

    private static InvalidMigration changed(FoundFile file) {
        return new InvalidMigration(
                "the file was changed while the migrations were at work.",
                SourceLocation.of(file.location()),
                "Start again, with files that nothing else writes to.");
    }

    /**
     * Looks for what is wrong in a file.
     *
     * @throws InvalidMigration with the first byte that is not UTF-8; or else the first that no database accepts
     */
    static void check(FoundFile file) {
        try (InputStream in = file.source().getInputStream()) {
            new WrongByte(file.location()).refuse(in);
        } catch (IOException e) {
            throw InvalidMigration.unreadable(file.location(), e);
        }
    }
}
