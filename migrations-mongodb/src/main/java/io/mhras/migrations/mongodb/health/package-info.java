/** Asks a server how a database is. */
@NullMarked
package io.mhras.migrations.mongodb.health;

import org.jspecify.annotations.NullMarked;
