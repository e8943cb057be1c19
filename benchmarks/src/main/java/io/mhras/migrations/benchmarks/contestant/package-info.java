/** Who takes part, each at work in a JVM of its own with nothing but its own jars. */
@NullMarked
package io.mhras.migrations.benchmarks.contestant;

import org.jspecify.annotations.NullMarked;
