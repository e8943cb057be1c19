package io.mhras.migrations.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mhras.migrations.Checksum;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;

/** The content of a file that is text in UTF-8. */
final class Utf8 {

    private static final int BUFFER_CHARS = 8192;

    private final byte[] bytes;

    Utf8(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Checks the content of a file.
     *
     * @throws InvalidMigration with the first byte that is not UTF-8, or that no database takes
     */
    static Utf8 check(byte[] bytes, String location) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(Math.min(BUFFER_CHARS, bytes.length + 1));
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(in, out.clear(), true);
        }
        if (result.isError()) {
            throw malformed(bytes, in.position(), location);
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw nul(bytes, i, location);
            }
        }
        return new Utf8(bytes);
    }

    String checksum() {
        return Checksum.ofUtf8(bytes);
    }

    /** The text, without byte order mark. */
    Reader reader() {
        int start = byteOrderMarkLength();
        return new InputStreamReader(new ByteArrayInputStream(bytes, start, bytes.length - start), UTF_8);
    }

    /** The text, without byte order mark. */
    String text() {
        int start = byteOrderMarkLength();
        return new String(bytes, start, bytes.length - start, UTF_8);
    }

    /** Whether there is a <code>${</code> in it: a large file without one need not be held as a text too. */
    boolean hasPlaceholder() {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == '$' && bytes[i + 1] == '{') {
                return true;
            }
        }
        return false;
    }

    private int byteOrderMarkLength() {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF
                ? 3
                : 0;
    }

    private static InvalidMigration malformed(byte[] bytes, int offset, String location) {
        return new InvalidMigration(
                "the file is not UTF-8: byte %d (0x%02X) does not belong there.".formatted(offset, bytes[offset]),
                place(bytes, offset, location),
                "Save the file as UTF-8." + (isUtf16(bytes) ? " It looks like UTF-16." : ""));
    }

    private static InvalidMigration nul(byte[] bytes, int offset, String location) {
        return new InvalidMigration(
                "byte " + offset + " is NUL, which no database accepts in a text.",
                place(bytes, offset, location),
                "Take the byte out; if there are many, the file may be UTF-16: save it as UTF-8.");
    }

    private static boolean isUtf16(byte[] bytes) {
        return bytes.length >= 2
                && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                        || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
    }

    private static SourceLocation place(byte[] bytes, int offset, String location) {
        String before = new Utf8(Arrays.copyOf(bytes, offset)).text();
        String onSameLine = before.substring(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new SourceLocation(location, line, onSameLine.codePointCount(0, onSameLine.length()) + 1);
    }
}
