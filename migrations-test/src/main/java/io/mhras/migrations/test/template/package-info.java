/** Databases as copies of a template that was migrated once. */
@NullMarked
package io.mhras.migrations.test.template;

import org.jspecify.annotations.NullMarked;
