package io.mhras.migrations.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A table of figures: a row a contestant, medians with their ranges. */
final class Figures {

    private final List<Column> columns;
    private final Map<String, Map<Column, List<Double>>> rows = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    Figures(Column... columns) {
        this.columns = List.of(columns);
    }

    /** The rows stand in the order in which they are added. */
    void addRow(String contestant) {
        rows.putIfAbsent(contestant, new EnumMap<>(Column.class));
    }

    void add(String contestant, Column column, double value) {
        rows.computeIfAbsent(contestant, name -> new EnumMap<>(Column.class))
                .computeIfAbsent(column, name -> new ArrayList<>())
                .add(value);
    }

    void add(String contestant, Column column, long value) {
        add(contestant, column, (double) value);
    }

    void add(String contestant, Column time, List<Sample> samples) {
        for (Sample sample : samples) {
            add(contestant, time, sample.nanos());
            if (columns.contains(Column.ALLOCATED) && sample.allocatedBytes() > 0) {
                add(contestant, Column.ALLOCATED, sample.allocatedBytes());
            }
        }
    }

    /** Adds what a child process said of itself when it was done. */
    void addProcess(String contestant, String answer) {
        List<String> words = List.of(answer.split(" ", -1));
        add(contestant, Column.TIME, Sample.parse(words.get(0)));
        add(contestant, Column.PROCESSOR_TIME, Long.parseLong(words.get(1)));
        add(contestant, Column.PEAK_MEMORY, Long.parseLong(words.get(2)));
    }

    /** It takes no further part, and has no figures. */
    void fail(String contestant, String why) {
        rows.computeIfAbsent(contestant, name -> new EnumMap<>(Column.class)).clear();
        failures.put(contestant, why);
    }

    boolean hasFailed(String contestant) {
        return failures.containsKey(contestant);
    }

    String failure(String contestant) {
        return failures.getOrDefault(contestant, "not measured");
    }

    OptionalDouble median(String contestant, Column column) {
        List<Double> values = values(contestant, column);
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        int middle = values.size() / 2;
        return OptionalDouble.of(
                values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2);
    }

    private List<Double> values(String contestant, Column column) {
        return rows.getOrDefault(contestant, Map.of()).getOrDefault(column, List.of()).stream()
                .sorted()
                .toList();
    }

    String markdown() {
        StringBuilder text = new StringBuilder("| |");
        columns.forEach(column -> text.append(' ').append(column.title()).append(" |"));
        text.append("\n|---|").append("---:|".repeat(columns.size())).append('\n');
        rows.keySet().forEach(contestant -> text.append(row(contestant)).append('\n'));
        return text.toString();
    }

    private String row(String contestant) {
        StringBuilder text = new StringBuilder("| " + contestant + " |");
        if (hasFailed(contestant)) {
            return text.append(' ')
                    .append(failure(contestant).replace("|", "\\|"))
                    .append(" |")
                    .append(" |".repeat(columns.size() - 1))
                    .toString();
        }
        columns.forEach(
                column -> text.append(' ').append(cell(contestant, column)).append(" |"));
        return text.toString();
    }

    private String cell(String contestant, Column column) {
        List<Double> values = values(contestant, column);
        if (values.isEmpty()) {
            return "";
        }
        String median = column.write(median(contestant, column).orElseThrow());
        String least = column.write(Collections.min(values));
        String most = column.write(Collections.max(values));
        return least.equals(most) ? median : median + " (" + least + " to " + most + ")";
    }
}
