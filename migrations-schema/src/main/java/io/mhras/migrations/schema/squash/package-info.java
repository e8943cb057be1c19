/** What a baseline is made of beside the schema: the rows of some tables. */
@NullMarked
package io.mhras.migrations.schema.squash;

import org.jspecify.annotations.NullMarked;
