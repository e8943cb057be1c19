package io.mhras.migrations.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keeps some lines at the end of a terminal: they are written anew in place, and what else is written goes above them. */
public final class LiveLines extends OutputStream {

    private static final String UP = "\u001b[1A";
    private static final String ERASE_DOWN = "\r\u001b[J";

    private final OutputStream target;
    private List<String> lines = List.of();
    private boolean isShown;

    public LiveLines(OutputStream target) {
        this.target = target;
    }

    /** Shows these lines in place of those before; none of them may be wider than the terminal. */
    synchronized void show(List<String> newLines) throws IOException {
        StringBuilder text = new StringBuilder(erasure());
        lines = List.copyOf(newLines);
        draw(text);
    }

    /** Takes them away. */
    void clear() throws IOException {
        show(List.of());
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        target.write(erasure().getBytes(StandardCharsets.US_ASCII));
        isShown = false;
        target.write(bytes, offset, length);
        if (bytes[offset + length - 1] == '\n') {
            draw(new StringBuilder());
        }
        target.flush();
    }

    private String erasure() {
        return isShown && !lines.isEmpty() ? UP.repeat(lines.size() - 1) + ERASE_DOWN : "";
    }

    private void draw(StringBuilder text) throws IOException {
        text.append(String.join("\n", lines));
        isShown = true;
        target.write(text.toString().getBytes(StandardCharsets.UTF_8));
        target.flush();
    }

    @Override
    public synchronized void flush() throws IOException {
        target.flush();
    }
}
