/** What the command line and the settings say. */
@NullMarked
package io.mhras.migrations.cli.options;

import org.jspecify.annotations.NullMarked;
