/** Entities of a Spring test, read from the session factories of its context. */
@NullMarked
package io.mhras.migrations.test.jpa;

import org.jspecify.annotations.NullMarked;
