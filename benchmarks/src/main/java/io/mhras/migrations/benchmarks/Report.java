package io.mhras.migrations.benchmarks;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The results as Markdown: first the goals, then everybody's figures. */
final class Report {

    private final Bench bench;
    private final List<Result> results = new ArrayList<>();

    Report(Bench bench) {
        this.bench = bench;
    }

    void add(Result result) {
        results.add(result);
    }

    String markdown() {
        StringBuilder text = new StringBuilder(circumstances());
        text.append("\n### Goals\n\nMedian by median, in this run.\n\n| | goal | measured | |\n|---|---:|---:|---|\n");
        for (Result result : results) {
            text.append("| **").append(result.title()).append("** | | | |\n");
            result.goals().forEach(goal -> text.append(goal.markdown()).append('\n'));
        }
        List<Goal> goals =
                results.stream().flatMap(result -> result.goals().stream()).toList();
        long met = goals.stream().filter(Goal::isMet).count();
        text.append("\n").append(met).append(" of ").append(goals.size()).append(" goals are met.\n");
        text.append("\n### Figures\n\nMedian (least to most).\n");
        results.forEach(result -> text.append(section(result)));
        return text.toString();
    }

    static String section(Result result) {
        return "\n#### " + result.title() + "\n\n" + result.how() + "\n\n"
                + result.figures().markdown();
    }

    private String circumstances() {
        ClassPath jars = bench.jars();
        return "Measured on " + LocalDate.now(ZoneOffset.UTC) + ": " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors()
                + " processors; Java " + System.getProperty("java.version") + "; "
                + bench.server().description()
                + "; pgjdbc " + jars.version("postgresql") + "; Spring Boot " + jars.version("spring-boot")
                + "; MHRAS Migrations " + jars.version("migrations-core") + "; Flyway " + jars.version("flyway-core")
                + "; Liquibase " + jars.version("liquibase-core") + "; "
                + bench.effort().repetitions()
                + " repetitions.\n";
    }
}
