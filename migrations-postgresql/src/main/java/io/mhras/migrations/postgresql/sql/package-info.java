/** Reads SQL as the server and psql do: the one lexer, scripts and their statements, and what of them is refused. */
@NullMarked
package io.mhras.migrations.postgresql.sql;

import org.jspecify.annotations.NullMarked;
