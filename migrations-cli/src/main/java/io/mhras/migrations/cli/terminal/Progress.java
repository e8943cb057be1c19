package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationListener;

/** Shows how far a run is. */
public interface Progress extends MigrationListener, AutoCloseable {

    /** What suits the terminal. */
    static Progress of(Terminal terminal, Colours colours) {
        Screen screen = terminal.screen();
        return screen != null && terminal.is(Screen.Stream.ERRORS)
                ? new ProgressBar(terminal, screen, colours)
                : new ProgressLines(terminal, colours);
    }

    /** Nothing is shown. */
    static Progress none() {
        return new Progress() {};
    }

    /** A line for a step that is done. */
    static String line(HistoryEntry entry, Colours colours) {
        return colours.message("fg(green)", Wording.words(entry.event())) + " " + entry.version()
                + (entry.version().isRepeatable() ? "" : " " + entry.description()) + ", "
                + Wording.milliseconds(entry.duration());
    }

    /** Leaves the terminal as if nothing had been shown. */
    @Override
    default void close() {}
}
