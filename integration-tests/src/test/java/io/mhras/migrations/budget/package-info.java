/** How heavy the product may be. */
@NullMarked
package io.mhras.migrations.budget;

import org.jspecify.annotations.NullMarked;
