/** Runs mongosh's scripts on GraalJS, and knows what they can ask of a server; it knows no connection. */
@NullMarked
package io.mhras.migrations.mongodb.shell;

import org.jspecify.annotations.NullMarked;
