/** The history as stored in its collections, and what else the history names. */
@NullMarked
package io.mhras.migrations.mongodb.history;

import org.jspecify.annotations.NullMarked;
