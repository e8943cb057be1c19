/** How databases are changed: planned, shown, agreed to, carried out and cancelled; or written as SQL for others to run. */
@NullMarked
package io.mhras.migrations.cli.change;

import org.jspecify.annotations.NullMarked;
