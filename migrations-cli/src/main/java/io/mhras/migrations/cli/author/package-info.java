/** Migrations from a wanted schema: what is asked, and what is shown. */
@NullMarked
package io.mhras.migrations.cli.author;

import org.jspecify.annotations.NullMarked;
