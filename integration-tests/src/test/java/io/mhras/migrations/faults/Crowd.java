package io.mhras.migrations.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.processes.MigrateProcess;
import io.mhras.migrations.processes.MigrateWorker.Answer;
import io.mhras.migrations.processes.MigrateWorker.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many processes that start at once. */
final class Crowd {

    private static final int KILLED_OF_EIGHT = 3;

    private Crowd() {}

    /** Some are killed while they migrate; the others finish the work. */
    static Answer migrate(Trial trial) {
        List<Process> alive = new ArrayList<>();
        try {
            for (int i = 0; i < trial.lab().processes(); i++) {
                alive.add(MigrateProcess.start(
                        trial.databases().url(trial.database()),
                        trial.lab().folder(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1"));
            }
            for (int i = 0; i < trial.lab().processes() * KILLED_OF_EIGHT / 8; i++) {
                // The last are there to finish it when the first have begun.
                Trial.sleep(Duration.ofMillis(trial.random().nextInt(1_000)));
                alive.remove(trial.random().nextInt(alive.size())).destroyForcibly();
            }
            for (Process process : alive) {
                String output = MigrateProcess.output(process);
                assertThat(process.waitFor())
                        .as("a process that is not killed succeeds:\n%s", output)
                        .isZero();
            }
            return new Answer(Ending.DONE, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            alive.forEach(Process::destroyForcibly);
        }
    }
}
