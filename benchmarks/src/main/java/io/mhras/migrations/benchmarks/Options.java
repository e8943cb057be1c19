package io.mhras.migrations.benchmarks;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param effort how much to do
 * @param url another server than the embedded one; null for that
 * @param psql where psql is; null if it is nowhere
 * @param rows the workloads to run
 */
record Options(
        Effort effort, @Nullable String url, @Nullable Path psql, List<Workload> rows) {

    static Options parse(List<String> arguments, List<Workload> all) {
        Effort effort = Effort.FULL;
        String url = null;
        Path psql = onPath();
        List<Workload> rows = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals("--quick")) {
                effort = Effort.QUICK;
            } else if (argument.equals("--short")) {
                effort = Effort.SHORT;
            } else if (argument.startsWith("--repetitions=")) {
                effort = effort.withRepetitions(Integer.parseInt(argument.substring("--repetitions=".length())));
            } else if (argument.startsWith("--url=")) {
                url = argument.substring("--url=".length());
            } else if (argument.startsWith("--psql=")) {
                psql = Path.of(argument.substring("--psql=".length()));
            } else {
                rows.add(find(argument, all));
            }
        }
        return new Options(effort, url, psql, rows.isEmpty() ? all : rows);
    }

    private static Workload find(String key, List<Workload> all) {
        Set<String> keys = new TreeSet<>();
        all.forEach(workload -> keys.add(workload.key()));
        return all.stream()
                .filter(workload -> workload.key().equals(key))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'" + key + "' is neither --quick, --short, --repetitions=<n>,"
                                + " --url=<jdbc url>, --psql=<file> nor one of the rows " + String.join(", ", keys)));
    }

    private static @Nullable Path onPath() {
        for (String folder : String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1)) {
            Path file = Path.of(folder, "psql");
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        return null;
    }

    boolean hasPsql() {
        return psql != null;
    }
}
