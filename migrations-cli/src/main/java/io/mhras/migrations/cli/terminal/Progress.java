package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationListener;

/** Shows how far a run is. */
public interface Progress extends MigrationListener, AutoCloseable {

    /** What suits the terminal. */
    static Progress of(Terminal terminal, Colours colours) {
        Screen screen = terminal.screen();
        return screen != null && terminal.hasLiveLines()
                ? new ProgressBar(screen, colours)
                : new ProgressLines(terminal, colours);
    }

    /** Nothing is shown. */
    static Progress none() {
        return new Progress() {};
    }

    /** Prints a line for a step that is done. */
    static void print(HistoryEntry entry, Colours colours) {
        colours.printMessage("fg(green)", Wording.words(entry.event()));
        colours.terminal()
                .err()
                .println(" " + entry.version() + (entry.version().isRepeatable() ? "" : " " + entry.description())
                        + ", " + Wording.milliseconds(entry.duration()));
    }

    /** Leaves the terminal as if nothing had been shown. */
    @Override
    default void close() {}
}
