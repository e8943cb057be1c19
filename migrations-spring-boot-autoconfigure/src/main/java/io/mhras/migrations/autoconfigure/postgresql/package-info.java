/** What makes the migrators of PostgreSQL databases, from the settings and the service's beans. */
@NullMarked
package io.mhras.migrations.autoconfigure.postgresql;

import org.jspecify.annotations.NullMarked;
