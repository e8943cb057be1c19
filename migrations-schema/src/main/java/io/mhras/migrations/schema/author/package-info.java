/** From a wanted schema to migration files that are proved on scratch databases. */
@NullMarked
package io.mhras.migrations.schema.author;

import org.jspecify.annotations.NullMarked;
