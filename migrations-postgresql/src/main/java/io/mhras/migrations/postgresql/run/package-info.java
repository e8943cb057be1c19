/** Runs scripts: their transactions, their checks, and what the server says to them. */
@NullMarked
package io.mhras.migrations.postgresql.run;

import org.jspecify.annotations.NullMarked;
