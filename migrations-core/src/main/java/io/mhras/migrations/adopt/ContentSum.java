package io.mhras.migrations.adopt;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * What another tool has kept of a file's content.
 *
 * @param kind how it is computed
 * @param value as that tool has written it down
 */
record ContentSum(Kind kind, String value) {

    enum Kind {
        /** Of the lines, without their ends, as UTF-8, without byte order mark; a signed number. */
        FLYWAY_CRC32,
        /** Of the whole text, in lower-case hexadecimal. */
        SHA_256,
        SHA_384
    }

    enum Comparison {
        SAME,
        DIFFERENT,
        /** The tool has put values in place of placeholders first, and which is not known here. */
        NOT_COMPARED
    }

    /** Whether the file here is the one that ran there. */
    Comparison compare(Migration here) {
        if (!(here.up() instanceof MigrationScript script)) {
            return Comparison.NOT_COMPARED;
        }
        if (kind != Kind.FLYWAY_CRC32) {
            return isSame(text(script)) ? Comparison.SAME : Comparison.DIFFERENT;
        }
        if (!here.isRepeatable()) {
            return comparison(crc32(script, script.content()::openAsWritten));
        }
        // Of a repeatable Flyway takes the text with the values in it.
        return script.text().contains("${") ? Comparison.NOT_COMPARED : comparison(crc32(script, script::open));
    }

    private Comparison comparison(String sum) {
        return sum.equals(value) ? Comparison.SAME : Comparison.DIFFERENT;
    }

    /** The line ends may be those of another system. */
    private boolean isSame(String text) {
        String lf = text.replace("\r\n", "\n");
        return value.equals(hash(text)) || value.equals(hash(lf)) || value.equals(hash(lf.replace("\n", "\r\n")));
    }

    private String hash(String text) {
        String algorithm = kind == Kind.SHA_256 ? "SHA-256" : "SHA-384";
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has " + algorithm, e);
        }
    }

    private static String text(MigrationScript script) {
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[8192];
        try (Reader reader = script.content().openAsWritten()) {
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                text.append(buffer, 0, read);
            }
        } catch (IOException e) {
            throw InvalidMigration.unreadable(script.location(), e);
        }
        return text.toString();
    }

    private static String crc32(MigrationScript script, MigrationScript.Content content) {
        CRC32 crc = new CRC32();
        try (BufferedReader lines = new BufferedReader(content.open())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                crc.update(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw InvalidMigration.unreadable(script.location(), e);
        }
        return Integer.toString((int) crc.getValue());
    }
}
