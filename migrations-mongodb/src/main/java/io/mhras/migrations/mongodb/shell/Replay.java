package io.mhras.migrations.mongodb.shell;

import java.security.SecureRandom;
import java.time.Instant;

/**
 * What makes a rerun of a script send the same as its first run: random numbers, ids and the clock come from here.
 *
 * @param seed of the first run
 * @param startedAt when the first run began
 */
public record Replay(int seed, Instant startedAt) {

    private static final SecureRandom seeds = new SecureRandom();

    /** For a first run. */
    public static Replay begin(Instant now) {
        return new Replay(seeds.nextInt(), now);
    }
}
