package io.mhras.migrations;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a script's text as UTF-8, without byte order mark and with LF line ends: for an ordinary file, what
 * {@code sha256sum} prints.
 */
public final class Checksum {

    private Checksum() {}

    /** The checksum of a text, in lower-case hexadecimal. */
    public static String of(String text) {
        return ofUtf8(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The checksum of a text that is at hand as its UTF-8 bytes. */
    public static String ofUtf8(byte[] bytes) {
        MessageDigest digest = sha256();
        int start = startsWithByteOrderMark(bytes) ? 3 : 0;
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] == '\r') {
                digest.update(bytes, start, i - start);
                boolean endsInLf = i + 1 < bytes.length && bytes[i + 1] == '\n';
                if (!endsInLf) {
                    digest.update((byte) '\n');
                }
                start = i + 1;
            }
        }
        digest.update(bytes, start, bytes.length - start);
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static boolean startsWithByteOrderMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }
}
