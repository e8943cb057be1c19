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

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final MessageDigest digest = sha256();
    private boolean afterCr;

    /** The checksum of a text, in lower-case hexadecimal. */
    public static String of(String text) {
        String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Checksum checksum = new Checksum();
        checksum.add(bytes, 0, bytes.length);
        return checksum.finish();
    }

    /** Takes the next bytes of a text in UTF-8, which has no byte order mark. */
    public void add(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\n' && afterCr) {
                start = i + 1;
            }
            afterCr = b == '\r';
            if (afterCr) {
                digest.update(bytes, start, i - start);
                digest.update((byte) '\n');
                start = i + 1;
            }
        }
        digest.update(bytes, start, to - start);
    }

    /** The checksum of all that was added, in lower-case hexadecimal. What is added afterwards is another text. */
    public String finish() {
        afterCr = false;
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
