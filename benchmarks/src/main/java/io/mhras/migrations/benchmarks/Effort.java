package io.mhras.migrations.benchmarks;

import java.time.Duration;

/**
 * How much is done to get good figures.
 *
 * @param repetitions how often each contestant has its turn
 * @param warmUps how often it runs unmeasured before, where it is to be warm
 * @param warmUpLimit when a slow one is warm enough
 * @param limit when to give up on a run
 * @param mostMigrations the longest history
 * @param largeFileMegabytes the size of the large file
 * @param instances how many start at once
 */
record Effort(
        int repetitions,
        int warmUps,
        Duration warmUpLimit,
        Duration limit,
        int mostMigrations,
        int largeFileMegabytes,
        int instances) {

    static final Effort FULL = new Effort(9, 40, Duration.ofSeconds(15), Duration.ofSeconds(300), 5_000, 100, 16);

    /** The full sizes in half the time. */
    static final Effort SHORT = new Effort(3, 40, Duration.ofSeconds(4), Duration.ofSeconds(120), 5_000, 100, 16);

    /** Whether everything works; the figures mean little. */
    static final Effort QUICK = new Effort(2, 5, Duration.ofSeconds(3), Duration.ofSeconds(60), 200, 5, 4);

    Effort withRepetitions(int other) {
        return new Effort(other, warmUps, warmUpLimit, limit, mostMigrations, largeFileMegabytes, instances);
    }
}
