package io.mhras.migrations;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;

/**
 * Stands for a set of applied (version, checksum) pairs, whatever their order.
 *
 * <p>The XOR of a SHA-256 for each pair: adding or taking away one pair costs the same at 10 and at 5,000 migrations.
 */
public final class Fingerprint {

    public static final Fingerprint EMPTY = new Fingerprint(new byte[32]);

    private final byte[] bytes;

    private Fingerprint(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The fingerprint of all migrations. */
    static Fingerprint of(Collection<Migration> migrations) {
        MessageDigest digest = Checksum.sha256();
        byte[] all = new byte[32];
        for (Migration migration : migrations) {
            addTo(all, migration.version(), migration.checksum(), digest);
        }
        return new Fingerprint(all);
    }

    /** The fingerprint after the pair came or, XOR being its own inverse, went. */
    public Fingerprint toggle(MigrationVersion version, String checksum) {
        byte[] all = bytes.clone();
        addTo(all, version, checksum, Checksum.sha256());
        return new Fingerprint(all);
    }

    private static void addTo(byte[] all, MigrationVersion version, String checksum, MessageDigest digest) {
        byte[] pair = digest.digest((version.canonical() + '=' + checksum).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < pair.length; i++) {
            all[i] ^= pair[i];
        }
    }

    /** In lower-case hexadecimal, as it stands in the history. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
