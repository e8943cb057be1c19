/** A small service for tests. */
@NullMarked
package io.mhras.migrations.autoconfigure.clinic;

import org.jspecify.annotations.NullMarked;
