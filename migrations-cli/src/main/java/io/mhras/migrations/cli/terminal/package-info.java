/** Where a command reads, writes and shows how far it is, and what it returns. */
@NullMarked
package io.mhras.migrations.cli.terminal;

import org.jspecify.annotations.NullMarked;
