/** How drift is shown. */
@NullMarked
package io.mhras.migrations.cli.drift;

import org.jspecify.annotations.NullMarked;
