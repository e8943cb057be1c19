/** Tests. */
@NullMarked
package io.mhras.migrations.observation;

import org.jspecify.annotations.NullMarked;
