/** The options of the command line, and the settings. */
@NullMarked
package io.mhras.migrations.cli.options;

import org.jspecify.annotations.NullMarked;
