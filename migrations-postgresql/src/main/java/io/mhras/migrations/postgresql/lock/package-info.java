/** Locks: the migration lock, who holds it, and which sessions block a script. */
@NullMarked
package io.mhras.migrations.postgresql.lock;

import org.jspecify.annotations.NullMarked;
