package io.mhras.migrations.schema.scratch;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.schema.scratch.ScriptFindings.RealName;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A script with the scratch database's name in place of the real one's, where it names the database. */
record RenamedScript(MigrationScript.Content written, List<RealName> places, String name)
        implements MigrationScript.Content {

    /** The script as it is sent to the scratch database of this name, given as SQL has it. */
    static MigrationScript of(MigrationScript script, List<RealName> places, String name) {
        return places.isEmpty()
                ? script
                : new MigrationScript(
                        script.name(),
                        script.location(),
                        script.checksum(),
                        script.options(),
                        new RenamedScript(script.content(), places, name));
    }

    @Override
    public Reader open() throws IOException {
        return new Renaming(new BufferedReader(written.open()), new ArrayDeque<>(places), name);
    }

    @Override
    public Reader openAsWritten() throws IOException {
        return written.openAsWritten();
    }

    @Override
    public boolean hasPlaceholders() {
        return written.hasPlaceholders();
    }

    /** Puts the names in while the text is read. */
    private static final class Renaming extends FilterReader {

        private final Deque<RealName> places;
        private final String name;
        private long offset;
        private int put;
        private boolean isPutting;

        Renaming(Reader in, Deque<RealName> places, String name) {
            super(in);
            this.places = places;
            this.name = name;
        }

        @Override
        public int read() throws IOException {
            RealName next = places.peek();
            if (!isPutting && next != null && offset == next.offset()) {
                for (int i = 0; i < next.length(); i++) {
                    int skipped = in.read();
                    if (Character.isHighSurrogate((char) skipped)) {
                        in.read();
                    }
                }
                offset += next.length();
                places.remove();
                isPutting = true;
                put = 0;
            }
            if (isPutting) {
                if (put < name.length()) {
                    return name.charAt(put++);
                }
                isPutting = false;
                return read();
            }
            int c = in.read();
            // A pair is one code point, which is over with its second half.
            if (c >= 0 && !Character.isHighSurrogate((char) c)) {
                offset++;
            }
            return c;
        }

        @Override
        public int read(char[] chars, int from, int length) throws IOException {
            int count = 0;
            while (count < length) {
                int c = read();
                if (c < 0) {
                    break;
                }
                chars[from + count++] = (char) c;
            }
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
