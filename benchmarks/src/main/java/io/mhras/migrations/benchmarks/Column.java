package io.mhras.migrations.benchmarks;

import java.util.Locale;

/** A kind of figure, and how it is written. */
enum Column {
    TIME("time", "%.1f ms", 1e-6),
    SHORT_TIME("time", "%.2f ms", 1e-6),
    WHOLE_PROCESS("whole process", "%.0f ms", 1e-6),
    PROCESSOR_TIME("processor time", "%.0f ms", 1e-6),
    ALLOCATED("allocated", "%.2f MB", 1e-6),
    ROUND_TRIPS("round trips", "%.0f", 1),
    ROUND_TRIPS_EACH("round trips for each more", "%.2f", 1),
    PEAK_MEMORY("peak resident", "%.0f MB", 1e-3),
    FAILED_INSTANCES("instances that failed", "%.0f", 1);

    private final String title;
    private final String format;
    private final double factor;

    Column(String title, String format, double factor) {
        this.title = title;
        this.format = format;
        this.factor = factor;
    }

    String title() {
        return title;
    }

    String write(double value) {
        return String.format(Locale.ROOT, format, value * factor);
    }
}
