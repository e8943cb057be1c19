/** Values, their types and what they are compared by. */
@NullMarked
package io.mhras.migrations.testing.mongodb.bson;

import org.jspecify.annotations.NullMarked;
