/** Does on a MongoDB server what scripts ask, and says what it answers and what went wrong. */
@NullMarked
package io.mhras.migrations.mongodb.server;

import org.jspecify.annotations.NullMarked;
