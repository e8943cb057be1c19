/** Databases that are made for a moment: where, under which name, and how they go again. */
@NullMarked
package io.mhras.migrations.schema.scratch;

import org.jspecify.annotations.NullMarked;
