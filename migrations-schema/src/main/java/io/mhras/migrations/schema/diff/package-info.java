/** The way from one schema to another: what becomes of each fact, one graph of all statements, and their order. */
@NullMarked
package io.mhras.migrations.schema.diff;

import org.jspecify.annotations.NullMarked;
