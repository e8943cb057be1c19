/** A service with two databases, and a persistence unit for each. */
@NullMarked
package io.mhras.migrations.test.units;

import org.jspecify.annotations.NullMarked;
