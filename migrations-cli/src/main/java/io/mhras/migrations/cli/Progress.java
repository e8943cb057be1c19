package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationListener;

/** Shows how far a run is. */
interface Progress extends MigrationListener, AutoCloseable {

    /** What suits the terminal. */
    static Progress of(Terminal terminal, OutputOptions output) {
        if (output.quiet) {
            return new Progress() {};
        }
        Screen screen = terminal.screen();
        return screen != null && terminal.is(Screen.Stream.ERRORS)
                ? new ProgressBar(terminal, screen, output)
                : new ProgressLines(terminal, output);
    }

    /** Leaves the terminal as if nothing had been shown. */
    @Override
    default void close() {}
}
