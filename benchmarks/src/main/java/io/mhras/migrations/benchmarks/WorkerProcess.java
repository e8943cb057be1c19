package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.contestant.Entrant;
import io.mhras.migrations.benchmarks.contestant.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A contestant's own JVM, which stays warm. */
final class WorkerProcess implements AutoCloseable {

    private final ChildJvm jvm;

    private WorkerProcess(ChildJvm jvm) {
        this.jvm = jvm;
    }

    static WorkerProcess start(Bench bench, Entrant entrant, String... jvmOptions) {
        List<String> options = new ArrayList<>(List.of(jvmOptions));
        // Else the pool asks the server, with a round trip, whether a connection lives that was idle for half a second:
        // while the others have their turn. That is not the tool's.
        options.add("-Dcom.zaxxer.hikari.aliveBypassWindowMs=3600000");
        options.add("-Dliquibase.analytics.enabled=false");
        options.add("-Dbenchmarks.psql=" + bench.options().psql());
        ChildJvm jvm = ChildJvm.start(bench, options, bench.classPath(entrant), Worker.class, entrant.name());
        return new WorkerProcess(jvm);
    }

    /** From here on it works on this database, by new connections. */
    void openDirect(String url, Path folder) {
        open("DIRECT", url, folder);
    }

    /** From here on it works on this database, by a pool. */
    void openPooled(String url, Path folder) {
        open("POOLED", url, folder);
    }

    private void open(String connections, String url, Path folder) {
        jvm.send(String.join("\t", "open", connections, url, folder.toString()));
        jvm.receive();
    }

    List<Sample> run(Work work, int times) {
        begin(work, times);
        return end();
    }

    /** Lets it run without waiting for it. */
    void begin(Work work, int times) {
        jvm.send(work.command + "\t" + times);
    }

    /** Waits for what was begun. */
    List<Sample> end() {
        return Sample.parse(jvm.receive());
    }

    /** As many runs for everyone, or what fits into the time: a slow one is warm by then too. */
    void warmUp(Work work, int times, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (int i = 0; i < times && System.nanoTime() < deadline; i++) {
            run(work, 1);
        }
    }

    /** The most memory that was resident at once. */
    long peakKilobytes() {
        jvm.send("peak");
        return Long.parseLong(jvm.receive());
    }

    @Override
    public void close() {
        jvm.close();
    }

    /** What a worker can be told to do. */
    enum Work {
        MIGRATE("migrate"),
        STATUS("status");

        private final String command;

        Work(String command) {
            this.command = command;
        }
    }
}
