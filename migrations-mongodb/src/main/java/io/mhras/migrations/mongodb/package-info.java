/** MongoDB: the driver and its settings. */
@NullMarked
package io.mhras.migrations.mongodb;

import org.jspecify.annotations.NullMarked;
