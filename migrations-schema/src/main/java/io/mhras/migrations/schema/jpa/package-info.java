/** Entities beside a schema that is there: what they ask of it, and what it may do differently. */
@NullMarked
package io.mhras.migrations.schema.jpa;

import org.jspecify.annotations.NullMarked;
