/** The database of the sample: an embedded one where none is configured, and what is in it. */
@NullMarked
package io.mhras.sample.database;

import org.jspecify.annotations.NullMarked;
