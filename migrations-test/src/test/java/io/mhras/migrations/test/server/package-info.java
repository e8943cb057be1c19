/** Tests of the server that is kept. */
@NullMarked
package io.mhras.migrations.test.server;

import org.jspecify.annotations.NullMarked;
