/** Puts the database of a test into its Spring context. */
@NullMarked
package io.mhras.migrations.test.spring;

import org.jspecify.annotations.NullMarked;
