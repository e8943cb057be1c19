/** The Maven plugin. */
@NullMarked
package io.mhras.migrations.maven;

import org.jspecify.annotations.NullMarked;
