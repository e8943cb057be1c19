/** What makes the migrators of MongoDB databases, from the settings and the service's beans. */
@NullMarked
package io.mhras.migrations.autoconfigure.mongodb;

import org.jspecify.annotations.NullMarked;
