/** PostgreSQL: the driver, its history table and lock, and the one SQL lexer. */
@NullMarked
package io.mhras.migrations.postgresql;

import org.jspecify.annotations.NullMarked;
