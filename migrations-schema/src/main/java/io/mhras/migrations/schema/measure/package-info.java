/** What statements do, read from the sessions that run them. */
@NullMarked
package io.mhras.migrations.schema.measure;

import org.jspecify.annotations.NullMarked;
