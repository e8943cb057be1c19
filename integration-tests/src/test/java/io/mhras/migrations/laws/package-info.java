/** The laws of the house, over all modules. */
@NullMarked
package io.mhras.migrations.laws;

import org.jspecify.annotations.NullMarked;
