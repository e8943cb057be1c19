/** Writes a plan down as a script for psql. */
@NullMarked
package io.mhras.migrations.postgresql.offline;

import org.jspecify.annotations.NullMarked;
