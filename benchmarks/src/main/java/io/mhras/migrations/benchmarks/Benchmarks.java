package io.mhras.migrations.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** Runs the workloads, and writes what came out. */
final class Benchmarks {

    private static final List<Workload> ALL = List.of(
            new UpToDate(),
            new FirstCall(),
            new ServiceStart(),
            new SmallMigrations(),
            new DistantServer(),
            new ManyInserts(),
            new LargeFile(),
            new ReturnedRows(),
            new ManyInstances(),
            new Status(),
            new TestDatabases());

    private Benchmarks() {}

    /** The first argument is the folder that was built into. */
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        Options options = Options.parse(List.of(arguments).subList(1, arguments.length), ALL);
        Path folder = Files.createTempDirectory("benchmarks");
        try (Server server = options.url() == null ? Server.start() : Server.at(options.url())) {
            Bench bench = new Bench(
                    options,
                    server,
                    ClassPath.read(target),
                    new MigrationFiles(folder),
                    target.resolve("contestants.log"));
            Report report = new Report(bench);
            for (Workload workload : options.rows()) {
                for (Result result : workload.run(bench)) {
                    report.add(result);
                    // While the others are still to come; the whole follows.
                    System.err.println(Report.section(result));
                }
            }
            Files.writeString(target.resolve("results.md"), report.markdown());
            System.out.println(report.markdown());
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        System.exit(0);
    }
}
