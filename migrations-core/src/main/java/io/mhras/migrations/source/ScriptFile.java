package io.mhras.migrations.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mhras.migrations.Checksum;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.source.HeaderScanner.CommentStyle;
import io.mhras.migrations.source.Location.FoundFile;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;

/**
 * A file that was read: what its name and its header say, and the script to run.
 *
 * @param file where it was found
 * @param name what its name says
 * @param facts what was found in it
 * @param script what runs
 */
record ScriptFile(FoundFile file, MigrationFileName name, ScriptFacts facts, MigrationScript script) {

    /** For a file that was read, either now or when an index was made. */
    static ScriptFile of(FoundFile file, MigrationFileName name, ScriptFacts facts, Placeholders placeholders) {
        MigrationScript script = new MigrationScript(
                file.name(),
                file.location(),
                facts.checksum(),
                facts.options(),
                new Content(file, facts.checksum(), placeholders, facts.hasPlaceholders()));
        return new ScriptFile(file, name, facts, script);
    }

    /** Read again each time. */
    private record Content(FoundFile file, String checksum, Placeholders placeholders, boolean hasPlaceholders)
            implements MigrationScript.Content {

        @Override
        public java.io.Reader open() throws IOException {
            return placeholders.replaceIn(openAsWritten());
        }

        @Override
        public java.io.Reader openAsWritten() throws IOException {
            return Utf8.reopen(file, checksum);
        }
    }

    /**
     * Reads script files one after the other, each once; their text is not kept.
     *
     * <p>All of them with the same buffers: there can be thousands of files, and what each takes adds up. Not thread-safe.
     */
    static final class Reader {

        // Most scripts fit; the buffers grow with the first one that does not.
        private static final int FIRST_BYTES = 2 * 1024;
        private static final int MOST_BYTES = 64 * 1024;

        private final CommentStyle comments;
        private final Placeholders placeholders;
        private final CharsetDecoder decoder = UTF_8.newDecoder();
        private final Checksum checksum = new Checksum();
        private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES);
        private CharBuffer chars = CharBuffer.allocate(FIRST_BYTES);

        Reader(CommentStyle comments, Placeholders placeholders) {
            this.comments = comments;
            this.placeholders = placeholders;
        }

        ScriptFile read(FoundFile file, MigrationFileName name) {
            HeaderScanner scanner = new HeaderScanner(file.location(), comments, name.role());
            try (InputStream in = file.source().getInputStream()) {
                scan(in, scanner);
                ScriptFacts facts = ScriptFacts.of(scanner, checksum.finish(), file.location(), name.role(), comments);
                return of(file, name, facts, placeholders);
            } catch (InvalidMigration e) {
                // A file that is not text has no header either.
                Utf8.check(file);
                throw e;
            } catch (IOException e) {
                Utf8.check(file);
                throw InvalidMigration.unreadable(file.location(), e);
            }
        }

        private void scan(InputStream file, HeaderScanner scanner) throws IOException {
            decoder.reset();
            bytes.clear();
            int start = -1;
            boolean atEnd = false;
            while (!atEnd) {
                int from = bytes.position();
                int to = from + file.readNBytes(bytes.array(), from, bytes.remaining());
                atEnd = to < bytes.limit();
                start = start < 0 ? Utf8.lengthOfMark(bytes.array(), to) : 0;
                take(Math.max(from, start), to);
                bytes.limit(to).position(start);
                if (decoder.decode(bytes, chars.clear(), atEnd).isError()) {
                    throw new CharConversionException("not UTF-8");
                }
                scanner.scan(chars.array(), chars.position());
                bytes.compact();
                if (!atEnd) {
                    grow();
                }
            }
            scanner.end();
        }

        private void take(int from, int to) throws IOException {
            for (int i = from; i < to; i++) {
                if (bytes.get(i) == 0) {
                    throw new CharConversionException("NUL");
                }
            }
            checksum.add(bytes.array(), from, to);
        }

        private void grow() {
            if (bytes.capacity() < MOST_BYTES) {
                bytes = ByteBuffer.allocate(2 * bytes.capacity()).put(bytes.flip());
                chars = CharBuffer.allocate(bytes.capacity());
            }
        }
    }
}
