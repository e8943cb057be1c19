/** The entities of one persistence unit. */
@NullMarked
package io.mhras.migrations.test.units.clinic;

import org.jspecify.annotations.NullMarked;
