/** What our own tests need: real servers. */
@NullMarked
package io.mhras.migrations.testing;

import org.jspecify.annotations.NullMarked;
