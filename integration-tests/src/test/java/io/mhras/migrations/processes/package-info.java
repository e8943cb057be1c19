/** Processes that migrate at once, and are killed. */
@NullMarked
package io.mhras.migrations.processes;

import org.jspecify.annotations.NullMarked;
