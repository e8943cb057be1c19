/**
 * A double of MongoDB's server: in this process, in memory, on the wire protocol.
 *
 * <p>It is mongo-java-server with what migrations need and it lacks; the module's README has a table of what it does and
 * what not. What it knows of and cannot do it refuses, and says so.
 *
 * <p>Tests can make commands fail ({@code failCommand}, as on a server), take privileges away, and say what
 * {@code $currentOp} shows.
 */
@NullMarked
package io.mhras.migrations.testing.mongodb;

import org.jspecify.annotations.NullMarked;
