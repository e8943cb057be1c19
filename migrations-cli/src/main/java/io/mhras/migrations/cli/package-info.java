/** The command line: {@code migrations}. */
@NullMarked
package io.mhras.migrations.cli;

import org.jspecify.annotations.NullMarked;
