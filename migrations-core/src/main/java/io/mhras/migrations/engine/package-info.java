/** Carries migrations out: assesses files against the history, plans the way to a target, runs and reports it. */
@NullMarked
package io.mhras.migrations.engine;

import org.jspecify.annotations.NullMarked;
