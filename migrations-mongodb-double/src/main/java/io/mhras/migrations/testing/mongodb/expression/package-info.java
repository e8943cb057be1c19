/** Aggregation's expressions, those that mongo-java-server does not know among them. */
@NullMarked
package io.mhras.migrations.testing.mongodb.expression;

import org.jspecify.annotations.NullMarked;
