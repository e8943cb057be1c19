/** A small service that keeps its schema with MHRAS Migrations. */
@NullMarked
package io.mhras.sample;

import org.jspecify.annotations.NullMarked;
