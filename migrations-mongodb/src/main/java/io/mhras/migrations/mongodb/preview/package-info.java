/** Shows what the scripts of a plan would do, without their writes. */
@NullMarked
package io.mhras.migrations.mongodb.preview;

import org.jspecify.annotations.NullMarked;
