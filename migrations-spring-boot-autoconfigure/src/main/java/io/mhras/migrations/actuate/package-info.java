/** What operators see of the migrations: the {@code migrations} endpoint and health indicator. */
@NullMarked
package io.mhras.migrations.actuate;

import org.jspecify.annotations.NullMarked;
