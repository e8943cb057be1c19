/** Tests. */
@NullMarked
package io.mhras.migrations.actuate;

import org.jspecify.annotations.NullMarked;
