/** Locks: the migration lock, who holds it, and who stands in a script's way. */
@NullMarked
package io.mhras.migrations.postgresql.lock;

import org.jspecify.annotations.NullMarked;
