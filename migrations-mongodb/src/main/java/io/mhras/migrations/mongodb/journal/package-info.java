/** What the statements of an unfinished script did, and how it goes on. */
@NullMarked
package io.mhras.migrations.mongodb.journal;

import org.jspecify.annotations.NullMarked;
