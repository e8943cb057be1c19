/** MongoDB: the driver, its history, lease and journal, and the shell that runs mongosh's scripts. */
@NullMarked
package io.mhras.migrations.mongodb;

import org.jspecify.annotations.NullMarked;
