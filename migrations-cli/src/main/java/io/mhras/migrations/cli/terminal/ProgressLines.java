package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationStep;

/** Reports a run line by line. */
final class ProgressLines implements Progress {

    private static final long LINE_EVERY_NANOS = 10_000_000_000L;

    private final Terminal terminal;
    private final Colours colours;
    private volatile long lastLine;

    ProgressLines(Terminal terminal, Colours colours) {
        this.terminal = terminal;
        this.colours = colours;
    }

    @Override
    public void onStep(String database, MigrationStep step) {
        lastLine = System.nanoTime();
    }

    @Override
    public void onActivity(String database, MigrationActivity activity) {
        if (System.nanoTime() - lastLine >= LINE_EVERY_NANOS) {
            lastLine = System.nanoTime();
            terminal.err().println("  " + MigrationPrinter.activity(activity));
        }
    }

    @Override
    public void onStepDone(String database, MigrationStep step, HistoryEntry entry) {
        Progress.print(entry, colours);
    }
}
