/** Asks a server for the health of a database. */
@NullMarked
package io.mhras.migrations.mongodb.health;

import org.jspecify.annotations.NullMarked;
