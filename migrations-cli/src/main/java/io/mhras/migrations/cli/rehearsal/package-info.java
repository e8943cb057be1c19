/** How a rehearsal is shown. */
@NullMarked
package io.mhras.migrations.cli.rehearsal;

import org.jspecify.annotations.NullMarked;
