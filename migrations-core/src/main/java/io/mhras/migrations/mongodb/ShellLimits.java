package io.mhras.migrations.mongodb;

import java.time.Duration;

/**
 * What a script may use up before it is stopped.
 *
 * @param time that it computes; the server's time does not count
 * @param statements of JavaScript that it runs; 0 for no limit
 * @param memoryBytes by which the heap may grow while it runs, measured after a garbage collection; 0 for no limit. The
 *     engine cannot tell whose memory it is: what other threads keep counts too
 */
record ShellLimits(Duration time, long statements, long memoryBytes) {

    static final ShellLimits DEFAULT = new ShellLimits(Duration.ofMinutes(5), 0, 512L << 20);
}
