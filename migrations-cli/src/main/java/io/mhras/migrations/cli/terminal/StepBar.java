package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.text.VisibleText;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line at the end of a terminal that shows how far something is; where there is none, nothing is shown. */
public final class StepBar implements AutoCloseable {

    private static final int WIDTH = 30;
    private static final int ROOM_FOR_CTRL_C = 3;

    private final @Nullable Screen screen;
    private final int steps;
    private int done;
    private boolean isGone;

    /** @param steps how many there will be in all */
    public StepBar(Terminal terminal, int steps) {
        this.screen = terminal.hasLiveLines() ? terminal.screen() : null;
        this.steps = Math.max(1, steps);
    }

    /** One of them begins. */
    public void step(String what) {
        int full = Math.min(WIDTH, WIDTH * done / steps);
        show(List.of("[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + Math.min(done, steps) + "/" + steps
                + " " + what));
        done++;
    }

    @Override
    public void close() {
        show(List.of());
    }

    private void show(List<String> lines) {
        if (screen == null || isGone) {
            return;
        }
        int most = Math.max(1, screen.columns() - ROOM_FOR_CTRL_C);
        try {
            screen.lines()
                    .show(lines.stream()
                            .map(VisibleText::oneLine)
                            .map(line -> line.length() <= most ? line : line.substring(0, most))
                            .toList());
        } catch (IOException e) {
            // The terminal is gone, which is no reason to stop what runs.
            isGone = true;
        }
    }
}
