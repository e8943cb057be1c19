package io.mhras.migrations.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks runs again and again.
 *
 * <p>{@code -Dfaults.runs=N} says how often, or {@code -Dfaults.minutes=N} for how long; {@code -Dfaults.seed=N} repeats
 * one trial, or says with which to begin.
 */
class NothingIsLostTest {

    private static final int RUNS = 12;
    private static final int MAX_FAILURES = 5;
    private static final int FEW_PROCESSES = 16;
    private static final int MANY_PROCESSES = 32;

    private final FaultReport report = new FaultReport();
    private final List<String> failures = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void historyAndSchemaAgreeAfterEachFaultAndTheNextStartFinishesTheWork() {
        Integer minutes = Integer.getInteger("faults.minutes");
        Long wanted = Long.getLong("faults.seed");
        // A run for the night looks elsewhere each time; the others are the same each time, as far as moments can be.
        long first = wanted != null ? wanted : minutes != null ? Instant.now().getEpochSecond() : 0;
        int runs = Integer.getInteger("faults.runs", minutes != null ? Integer.MAX_VALUE : wanted != null ? 1 : RUNS);
        long started = System.nanoTime();
        long limit =
                minutes == null ? Long.MAX_VALUE : Duration.ofMinutes(minutes).toNanos();
        try (Lab lab = new Lab(folder, minutes == null ? FEW_PROCESSES : MANY_PROCESSES)) {
            int version = lab.oldestVersion();
            for (long seed = first;
                    seed - first < runs && System.nanoTime() - started < limit && failures.size() < MAX_FAILURES;
                    seed++) {
                runOne(lab, seed, version);
            }
        }
        String heading = "%d faults, seeds from %d, in %d s"
                .formatted(
                        report.runs(),
                        first,
                        Duration.ofNanos(System.nanoTime() - started).toSeconds());
        report.writeTo(Path.of("target", "faults.md"), heading);
        System.out.println(heading + ": see target/faults.md");
        assertThat(failures).isEmpty();
    }

    /** Neighbours share a mix, since it takes a while to find out what is to come of one. */
    private void runOne(Lab lab, long seed, int version) {
        int faults = Fault.ALL.size();
        Fault fault = Fault.ALL.get(Math.floorMod(seed, faults));
        MigrationMix mix = MigrationMix.of(Math.floorDiv(seed, faults), version);
        Expectation expectation = lab.expect(mix, fault);
        try (Trial trial = new Trial(lab, fault, expectation, new Random(seed))) {
            try {
                report.add(fault.name(), trial.run());
            } catch (AssertionError | RuntimeException e) {
                report.addFailure(fault.name());
                failures.add("-Dfaults.seed=%d (%s): %s\n%s".formatted(seed, fault.name(), e, trial.story()));
            }
        }
    }
}
