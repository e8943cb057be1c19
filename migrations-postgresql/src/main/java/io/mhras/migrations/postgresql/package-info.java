/** PostgreSQL: the driver and its settings. */
@NullMarked
package io.mhras.migrations.postgresql;

import org.jspecify.annotations.NullMarked;
