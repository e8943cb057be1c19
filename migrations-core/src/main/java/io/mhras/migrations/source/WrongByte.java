package io.mhras.migrations.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the first byte of a file that is not UTF-8; or else the first that no database accepts in a text. */
final class WrongByte {

    private static final byte[] BOM = Utf8.BYTE_ORDER_MARK;

    private final String location;
    private final ByteBuffer bytes = ByteBuffer.allocate(8192);
    private int line = 1;
    private int column = 1;
    private @Nullable InvalidMigration nul;

    WrongByte(String location) {
        this.location = location;
    }

    void refuse(InputStream file) throws IOException {
        CharsetDecoder decoder = UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(bytes.capacity());
        long offset = 0;
        for (int count = 0; count >= 0; bytes.compact()) {
            count = file.read(bytes.array(), bytes.position(), bytes.remaining());
            bytes.position(bytes.position() + Math.max(0, count)).flip();
            CoderResult result = decoder.decode(bytes, chars.clear(), count < 0);
            walk(offset);
            if (result.isError()) {
                throw malformed(offset);
            }
            offset += bytes.position();
        }
        if (nul != null) {
            throw nul;
        }
    }

    /** Over the bytes that are characters. */
    private void walk(long offset) {
        boolean isMarked = offset == 0 && Arrays.mismatch(bytes.array(), BOM) == BOM.length;
        for (int i = isMarked ? BOM.length : 0; i < bytes.position(); i++) {
            byte b = bytes.get(i);
            if (b == 0 && nul == null) {
                nul = invalid(
                        "byte " + (offset + i) + " is NUL, which no database accepts in a text.",
                        "Take the byte out; if there are many, the file may be UTF-16: save it as UTF-8.");
            }
            line += b == '\n' ? 1 : 0;
            column = b == '\n' || b == '\r' ? 1 : (b & 0xC0) == 0x80 ? column : column + 1;
        }
    }

    private InvalidMigration malformed(long offset) {
        int at = bytes.position();
        int pair = bytes.remaining() > 1 ? bytes.getShort(at) & 0xFFFF : 0;
        boolean isUtf16 = offset + at == 0 && (pair == 0xFEFF || pair == 0xFFFE);
        return invalid(
                "the file is not UTF-8: byte %d (0x%02X) does not belong there.".formatted(offset + at, bytes.get(at)),
                "Save the file as UTF-8." + (isUtf16 ? " It looks like UTF-16." : ""));
    }

    private InvalidMigration invalid(String problem, String remedy) {
        return new InvalidMigration(problem, new SourceLocation(location, line, column), remedy);
    }
}
