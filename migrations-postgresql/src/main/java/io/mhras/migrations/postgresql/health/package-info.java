/** How a database is: sizes, connections, and what needs care. */
@NullMarked
package io.mhras.migrations.postgresql.health;

import org.jspecify.annotations.NullMarked;
