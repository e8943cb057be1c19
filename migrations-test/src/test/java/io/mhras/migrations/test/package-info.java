/** Tests as users write them, and tests of what happens around them. */
@NullMarked
package io.mhras.migrations.test;

import org.jspecify.annotations.NullMarked;
