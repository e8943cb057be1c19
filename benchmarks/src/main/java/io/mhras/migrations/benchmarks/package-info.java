/** Side by side: the workloads, the server, and the table that comes out. */
@NullMarked
package io.mhras.migrations.benchmarks;

import org.jspecify.annotations.NullMarked;
