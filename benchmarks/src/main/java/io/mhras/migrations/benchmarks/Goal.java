package io.mhras.migrations.benchmarks;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Something that we want to reach, and what was measured.
 *
 * @param what which figure
 * @param limit what it may be at most
 * @param measured what it is; empty if there is none, for want of ours
 * @param note what else there is to say
 */
record Goal(String what, double limit, OptionalDouble measured, String note) {

    /** That a figure of one is at most so many times another's. */
    static Goal ratio(Figures figures, Column column, String ours, String other, double limit) {
        return of(ours + ": " + column.title() + " / " + other, limit, figures, ours, figures, other, column);
    }

    /** That a figure is at most so many times that of the same contestant with less to do. */
    static Goal growth(Figures figures, Figures fewer, String fewerName, Column column, String ours, double limit) {
        return of(ours + ": " + column.title() + " / " + fewerName, limit, figures, ours, fewer, ours, column);
    }

    private static Goal of(
            String what, double limit, Figures figures, String one, Figures others, String other, Column column) {
        OptionalDouble upper = figures.median(one, column);
        OptionalDouble lower = others.median(other, column);
        if (upper.isEmpty()) {
            return new Goal(what, limit, OptionalDouble.empty(), figures.failure(one));
        }
        if (lower.isEmpty()) {
            return new Goal(what, limit, OptionalDouble.of(0), other + ": " + others.failure(other));
        }
        return new Goal(what, limit, OptionalDouble.of(upper.getAsDouble() / lower.getAsDouble()), "");
    }

    /** That a figure is at most this. */
    static Goal atMost(Figures figures, Column column, String ours, double limit) {
        OptionalDouble our = figures.median(ours, column);
        return new Goal(ours + ": " + column.title(), limit, our, our.isEmpty() ? figures.failure(ours) : "");
    }

    boolean isMet() {
        // What is shown as the limit counts as the limit.
        return measured.isPresent() && round(measured.getAsDouble()) <= limit;
    }

    private static double round(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3f", value));
    }

    String markdown() {
        String value = measured.isPresent() ? String.format(Locale.ROOT, "%.3f", measured.getAsDouble()) : "none";
        String verdict = isMet() ? "met" : "**missed**";
        return "| " + what + " | ≤ " + String.format(Locale.ROOT, "%.3f", limit) + " | " + value + " | " + verdict
                + (note.isEmpty() ? "" : " (" + note + ")") + " |";
    }
}
