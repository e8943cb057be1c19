/** Does on a MongoDB server what scripts ask, and reports its answers and errors. */
@NullMarked
package io.mhras.migrations.mongodb.server;

import org.jspecify.annotations.NullMarked;
