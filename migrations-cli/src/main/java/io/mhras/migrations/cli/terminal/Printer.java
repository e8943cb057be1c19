package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.text.VisibleText;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The door to a stream of the process: control characters of what people read are shown, so that no terminal obeys them.
 * It remembers when the stream could not be written.
 */
public final class Printer extends PrintWriter {

    private final Target target;

    public Printer(Writer writer) {
        this(new Target(writer));
    }

    private Printer(Target target) {
        super(new Visible(target), true);
        this.target = target;
    }

    /** Prints text between what turns a style on and off, which a terminal is meant to obey. */
    void printStyled(String on, String text, String off) {
        // The lock that this printer's own methods take.
        synchronized (lock) {
            target.write(on);
            print(text);
            target.write(off);
        }
    }

    /** The same as a line, into which nothing comes that another thread prints. */
    void printlnStyled(String on, String text, String off) {
        synchronized (lock) {
            printStyled(on, text, off);
            println();
        }
    }

    /** Takes what a program reads, which gets it as it is. */
    public Writer exact() {
        return target;
    }

    /** The same door for text that comes as bytes, in UTF-8 and in whole characters. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                print(new String(bytes, offset, length, StandardCharsets.UTF_8));
            }

            @Override
            public void flush() {
                Printer.this.flush();
            }
        };
    }

    /** Why not all that was printed has been written; null if it has been, as far as it was flushed. */
    public @Nullable IOException failure() {
        return target.failure;
    }

    /** Whether who read it does not want more, as {@code head} does. */
    public boolean isReaderGone() {
        IOException failure = target.failure;
        return failure != null
                && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }

    /** What is behind the door. After a failure the rest is dropped. */
    private static final class Target extends FilterWriter {

        private volatile @Nullable IOException failure;

        private Target(Writer writer) {
            super(writer);
        }

        @Override
        public void write(String text) {
            write(text, 0, text.length());
        }

        @Override
        public void write(int character) {
            write(Character.toString((char) character), 0, 1);
        }

        @Override
        public void write(char[] text, int offset, int length) {
            write(new String(text, offset, length), 0, length);
        }

        @Override
        public synchronized void write(String text, int offset, int length) {
            if (failure == null) {
                try {
                    out.write(text, offset, length);
                } catch (IOException e) {
                    failure = e;
                }
            }
        }

        @Override
        public synchronized void flush() {
            if (failure == null) {
                try {
                    out.flush();
                } catch (IOException e) {
                    failure = e;
                }
            }
        }
    }

    /** The way to it for text. */
    private static final class Visible extends FilterWriter {

        private Visible(Target target) {
            super(target);
        }

        @Override
        public void write(int character) throws IOException {
            out.write(VisibleText.of(Character.toString((char) character)));
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            out.write(VisibleText.of(new String(text, offset, length)));
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            out.write(VisibleText.of(text.substring(offset, offset + length)));
        }
    }
}
