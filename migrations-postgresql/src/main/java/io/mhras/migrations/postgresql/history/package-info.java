/** The history table: where it is, what is in it, and how events are added. */
@NullMarked
package io.mhras.migrations.postgresql.history;

import org.jspecify.annotations.NullMarked;
