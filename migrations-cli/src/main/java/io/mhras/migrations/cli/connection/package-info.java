/** The databases that a verb works with, and how they are reached. */
@NullMarked
package io.mhras.migrations.cli.connection;

import org.jspecify.annotations.NullMarked;
