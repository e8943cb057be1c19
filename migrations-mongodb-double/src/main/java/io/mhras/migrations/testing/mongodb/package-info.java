/**
 * A double of MongoDB's server: in this process, in memory, on the wire protocol.
 *
 * <p>It is mongo-java-server with what migrations need and it lacks. What it refuses proves something, what it accepts
 * little: no collation, text search, expiry, change streams, and no isolation between transactions.
 *
 * <p>Tests can make commands fail ({@code failCommand}, as on a server), take privileges away, and say what
 * {@code $currentOp} shows.
 */
@NullMarked
package io.mhras.migrations.testing.mongodb;

import org.jspecify.annotations.NullMarked;
