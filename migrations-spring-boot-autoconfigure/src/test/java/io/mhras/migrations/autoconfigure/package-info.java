/** Tests. */
@NullMarked
package io.mhras.migrations.autoconfigure;

import org.jspecify.annotations.NullMarked;
