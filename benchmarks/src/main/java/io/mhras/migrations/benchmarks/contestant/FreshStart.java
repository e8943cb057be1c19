package io.mhras.migrations.benchmarks.contestant;

import io.mhras.migrations.benchmarks.contestant.Task.Connections;
import java.io.PrintStream;
import java.nio.file.Path;

/** One run in a JVM that has just begun: prints what it took, and ends. */
public final class FreshStart {

    private FreshStart() {}

    /** Measured from its first line on; what the JVM needs to get here is in the whole process's time. */
    public static void main(String[] arguments) throws Exception {
        long started = System.nanoTime();
        PrintStream answers = System.out;
        if (arguments[0].equals("LIQUIBASE")) {
            // It alone writes to java.util.logging and to standard output; the others shall not load that for its sake.
            Worker.silence();
        }
        Task task = Task.of(Connections.DIRECT, arguments[1], Path.of(arguments[2]));
        Entrant.valueOf(arguments[0]).at(task).migrate();
        long nanos = System.nanoTime() - started;
        answers.println(ProcessUse.answer(nanos));
        System.exit(0);
    }
}
