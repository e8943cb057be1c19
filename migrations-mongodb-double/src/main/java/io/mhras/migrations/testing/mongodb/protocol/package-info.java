/** What commands, answers and errors have in common. */
@NullMarked
package io.mhras.migrations.testing.mongodb.protocol;

import org.jspecify.annotations.NullMarked;
