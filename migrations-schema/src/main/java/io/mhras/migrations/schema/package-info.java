/** A schema as data: what is read of a database, how two of them differ, and how one is printed. */
@NullMarked
package io.mhras.migrations.schema;

import org.jspecify.annotations.NullMarked;
