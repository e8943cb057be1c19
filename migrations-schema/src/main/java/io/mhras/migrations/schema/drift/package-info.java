/** What a database's schema has that its applied migrations do not make, and the other way round. */
@NullMarked
package io.mhras.migrations.schema.drift;

import org.jspecify.annotations.NullMarked;
