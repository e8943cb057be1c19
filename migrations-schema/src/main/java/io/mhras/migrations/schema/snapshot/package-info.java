/** Reads a schema out of PostgreSQL's catalog. */
@NullMarked
package io.mhras.migrations.schema.snapshot;

import org.jspecify.annotations.NullMarked;
