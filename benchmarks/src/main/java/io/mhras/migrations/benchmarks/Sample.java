package io.mhras.migrations.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * One measured run.
 *
 * @param nanos how long it took
 * @param allocatedBytes what the JVM allocated meanwhile; 0 if that is not known
 */
record Sample(long nanos, long allocatedBytes) {

    /** Reads {@code nanos:bytes}, one for each run. */
    static List<Sample> parse(String text) {
        return Arrays.stream(text.strip().split(" ", -1))
                .filter(sample -> sample.contains(":"))
                .map(sample -> {
                    int colon = sample.indexOf(':');
                    return new Sample(
                            Long.parseLong(sample.substring(0, colon)), Long.parseLong(sample.substring(colon + 1)));
                })
                .toList();
    }
}
