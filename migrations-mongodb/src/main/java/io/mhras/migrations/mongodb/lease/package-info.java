/** The lock: a lease that its holder renews, what its holder does, and the wait for it. */
@NullMarked
package io.mhras.migrations.mongodb.lease;

import org.jspecify.annotations.NullMarked;
