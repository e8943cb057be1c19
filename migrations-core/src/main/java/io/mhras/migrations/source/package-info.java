/** Finds and reads migration files. */
@NullMarked
package io.mhras.migrations.source;

import org.jspecify.annotations.NullMarked;
