/** A migrated database for each test class, and assertions about migrations. */
@NullMarked
package io.mhras.migrations.test;

import org.jspecify.annotations.NullMarked;
