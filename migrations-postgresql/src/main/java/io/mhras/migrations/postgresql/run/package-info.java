/** Runs scripts: their transactions, their checks, and the server's errors. */
@NullMarked
package io.mhras.migrations.postgresql.run;

import org.jspecify.annotations.NullMarked;
