/** What is told of a rehearsal, of a drift, and of what a statement was seen to do. */
@NullMarked
package io.mhras.migrations.schema.report;

import org.jspecify.annotations.NullMarked;
