/** The server on which the MongoDB databases of tests are made. */
@NullMarked
package io.mhras.migrations.test.mongodb;

import org.jspecify.annotations.NullMarked;
