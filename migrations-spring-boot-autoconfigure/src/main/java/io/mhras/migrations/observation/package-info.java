/** Micrometer: an observation for each run and each migration, and gauges of where the databases stand. */
@NullMarked
package io.mhras.migrations.observation;

import org.jspecify.annotations.NullMarked;
