package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationResult.Operation;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.text.VisibleText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows on a terminal how far a run is, and how far its statement; what is done goes above, line by line. */
final class ProgressBar implements Progress {

    private static final int WIDEST_BAR = 30;
    private static final int COLUMNS_FOR_TEXT = 3;
    private static final int ROOM_FOR_CTRL_C = 3;
    private static final long REDRAW_AFTER_NANOS = 50_000_000;

    private final Screen screen;
    private final Colours colours;
    private int steps;
    private int done;
    private @Nullable MigrationStep running;
    private long drawn;
    private boolean isGone;

    ProgressBar(Screen screen, Colours colours) {
        this.screen = screen;
        this.colours = colours;
    }

    @Override
    public synchronized void onPlan(MigrationPlan plan, Operation operation) {
        steps = plan.steps().size();
    }

    @Override
    public synchronized void onStep(String database, MigrationStep step) {
        running = step;
        if (System.nanoTime() - drawn > REDRAW_AFTER_NANOS) {
            draw(null);
        }
    }

    @Override
    public synchronized void onActivity(String database, MigrationActivity activity) {
        draw(activity);
    }

    @Override
    public synchronized void onStepDone(String database, MigrationStep step, HistoryEntry entry) {
        running = null;
        done++;
        show(List.of(clipped(run())));
        Progress.print(entry, colours);
    }

    @Override
    public void close() {
        show(List.of());
    }

    private void draw(@Nullable MigrationActivity activity) {
        if (running == null) {
            return;
        }
        drawn = System.nanoTime();
        List<String> lines = new ArrayList<>();
        lines.add(clipped(run() + " " + running.scriptName()));
        if (activity != null) {
            lines.add(clipped("  " + statement(activity)));
            if (isHeldUp(activity)) {
                lines.add(colours.message("fg(yellow)", clipped("  " + obstacle(activity))));
            }
        }
        show(lines);
    }

    private String run() {
        return bar(100.0 * done / Math.max(1, steps)) + " " + done + "/" + steps;
    }

    private String statement(MigrationActivity activity) {
        StringBuilder line = new StringBuilder();
        if (activity.percent() != null) {
            line.append(bar(activity.percent()))
                    .append(String.format(Locale.ROOT, " %2d %%, ", Math.round(activity.percent())));
        }
        if (activity.statement() > 0) {
            line.append("statement ").append(activity.statement());
            line.append(activity.statements() == null ? "" : "/" + activity.statements())
                    .append(", ");
        }
        line.append(activity.elapsed().toSeconds()).append(" s");
        if (activity.phase() != null) {
            line.append(", ").append(activity.phase());
        }
        return line.append(activity.sql() == null ? "" : ": " + activity.sql()).toString();
    }

    /** It also waits for disks and clocks, about which nothing can be done. */
    private static boolean isHeldUp(MigrationActivity activity) {
        String waitsFor = activity.waitsFor();
        return waitsFor != null
                && (waitsFor.startsWith("Lock ") || !activity.blockedBy().isEmpty());
    }

    private static String obstacle(MigrationActivity activity) {
        return "waits for " + activity.waitsFor()
                + activity.blockedBy().stream()
                        .map(MigrationPrinter::session)
                        .collect(
                                Collectors.joining("; by ", activity.blockedBy().isEmpty() ? "" : ", held by ", ""));
    }

    private String bar(double percent) {
        int width = Math.max(1, Math.min(WIDEST_BAR, screen.columns() / COLUMNS_FOR_TEXT - 2));
        int full = (int) Math.min(width, Math.floor(width * percent / 100));
        return "[" + "#".repeat(full) + ".".repeat(width - full) + "]";
    }

    /** The terminal puts ^C after the last line; if that wraps, the lines cannot be taken away any more. */
    private String clipped(String line) {
        String one = VisibleText.of(line.stripTrailing().replaceAll("\\s*[\\s&&[^ ]]\\s*", " "));
        int most = Math.max(1, screen.columns() - ROOM_FOR_CTRL_C);
        return one.length() <= most ? one : one.substring(0, most);
    }

    private void show(List<String> lines) {
        if (isGone) {
            return;
        }
        try {
            screen.lines().show(lines);
        } catch (IOException e) {
            // The terminal is gone, which is no reason to stop what runs.
            isGone = true;
        }
    }
}
