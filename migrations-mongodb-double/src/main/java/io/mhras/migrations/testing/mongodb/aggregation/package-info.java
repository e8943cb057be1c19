/** Pipelines: mongo-java-server's stages, and those that it does not know. */
@NullMarked
package io.mhras.migrations.testing.mongodb.aggregation;

import org.jspecify.annotations.NullMarked;
