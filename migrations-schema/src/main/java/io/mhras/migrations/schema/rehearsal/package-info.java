/** The rehearsal of migrations: up, down, up again, on scratch databases. */
@NullMarked
package io.mhras.migrations.schema.rehearsal;

import org.jspecify.annotations.NullMarked;
