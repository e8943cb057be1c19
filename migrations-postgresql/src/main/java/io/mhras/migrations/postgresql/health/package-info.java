/** The health of a database: sizes, connections, and what needs care. */
@NullMarked
package io.mhras.migrations.postgresql.health;

import org.jspecify.annotations.NullMarked;
