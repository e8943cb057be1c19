/** The way to the server: connections, messages of several statements, and the one session in which all scripts run. */
@NullMarked
package io.mhras.migrations.postgresql.wire;

import org.jspecify.annotations.NullMarked;
