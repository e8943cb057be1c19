/** The entities of one persistence unit. */
@NullMarked
package io.mhras.migrations.test.units.billing;

import org.jspecify.annotations.NullMarked;
