/** A service with all that entities can be. */
@NullMarked
package io.mhras.migrations.test.ward;

import org.jspecify.annotations.NullMarked;
