/** Indexes: which there can be, and what documents they refuse. */
@NullMarked
package io.mhras.migrations.testing.mongodb.index;

import org.jspecify.annotations.NullMarked;
