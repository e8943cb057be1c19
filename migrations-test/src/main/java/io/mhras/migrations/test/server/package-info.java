/** The servers on which the databases of tests are made: one that is kept in the build folder, a container, or any other. */
@NullMarked
package io.mhras.migrations.test.server;

import org.jspecify.annotations.NullMarked;
