package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.Server.Database;
import io.mhras.migrations.benchmarks.contestant.Entrant;
import io.mhras.migrations.benchmarks.service.BenchmarkService;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** The start of a Spring Boot service that finds everything applied. */
final class ServiceStart implements Workload {

    private static final int APPLIED = 100;
    private static final double FIVE_PERCENT_MORE = 1.05;

    @Override
    public String key() {
        return "service-start";
    }

    /** What the service has on its class path. */
    private enum Tool {
        NONE("no migrations", Entrant.JDBC),
        OURS("MHRAS Migrations", Entrant.OURS, "migrations-spring-boot-starter"),
        OURS_INDEXED("MHRAS Migrations, indexed when built", Entrant.OURS_INDEXED, "migrations-spring-boot-starter"),
        FLYWAY("Flyway", Entrant.FLYWAY, "spring-boot-starter-flyway", "flyway-database-postgresql"),
        LIQUIBASE("Liquibase", Entrant.LIQUIBASE, "spring-boot-starter-liquibase");

        private final String label;
        private final Entrant entrant;

        @SuppressWarnings("ImmutableEnumChecker") // It is: List.of makes no other.
        private final List<String> starter;

        Tool(String label, Entrant entrant, String... starter) {
            this.label = label;
            this.entrant = entrant;
            this.starter = List.of(starter);
        }
    }

    private record Service(Tool tool, Database database, String classPath) {

        String label() {
            return tool.label;
        }
    }

    @Override
    public List<Result> run(Bench bench) {
        return List.of(
                measure(bench, "with JDBC, no web", List.of("spring-boot-starter-jdbc", "postgresql")),
                measure(
                        bench,
                        "with JDBC and web",
                        List.of("spring-boot-starter-jdbc", "postgresql", "spring-boot-starter-webmvc")));
    }

    private static Result measure(Bench bench, String kind, List<String> artifacts) {
        Figures figures = new Figures(Column.TIME, Column.PROCESSOR_TIME, Column.PEAK_MEMORY);
        List<Service> services = new ArrayList<>();
        try {
            for (Tool tool : Tool.values()) {
                List<String> all = new ArrayList<>(artifacts);
                all.addAll(tool.starter);
                String jar = bench.files().jar(APPLIED, tool.entrant).toString();
                services.add(new Service(
                        tool,
                        bench.server().newDatabase(),
                        jar + File.pathSeparator + bench.jars().of(all)));
            }
            bench.takeTurns(1, services, Service::label, figures, service -> apply(bench, service));
            bench.takeTurns(
                    2 * bench.effort().repetitions(),
                    services,
                    Service::label,
                    figures,
                    service -> start(bench, service, figures));
        } finally {
            services.forEach(service -> service.database().close());
        }
        return new Result(
                "Start of a Spring Boot service " + kind + ", " + APPLIED + " migrations applied",
                "A new JVM each time, from its start to ApplicationReadyEvent. The migrations are in a jar. Each service asks"
                        + " the database something before it is ready, so each opens its pool. Flyway and Liquibase by"
                        + " Spring Boot's own starters, in the versions above.",
                figures,
                List.of(goal(figures, Tool.OURS), goal(figures, Tool.OURS_INDEXED)));
    }

    private static Goal goal(Figures figures, Tool ours) {
        return Goal.ratio(figures, Column.TIME, ours.label, Tool.NONE.label, FIVE_PERCENT_MORE);
    }

    private static void apply(Bench bench, Service service) {
        start(bench, service, new Figures());
        if (service.tool() != Tool.NONE) {
            service.database().expect(MigrationFiles.COUNT_ROWS, APPLIED);
        }
    }

    private static void start(Bench bench, Service service, Figures figures) {
        try (ChildJvm jvm = ChildJvm.start(
                bench,
                List.of("-Dliquibase.analytics.enabled=false"),
                service.classPath(),
                BenchmarkService.class,
                "--spring.datasource.url=" + service.database().url(),
                "--server.port=0")) {
            figures.addProcess(service.label(), jvm.receive());
            jvm.awaitEnd();
        }
    }
}
