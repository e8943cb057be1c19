/** Writes a schema as statements that make it again. */
@NullMarked
package io.mhras.migrations.schema.ddl;

import org.jspecify.annotations.NullMarked;
